import { applyDecorators } from '@nestjs/common';
import { Text } from '@medflow/service-kit';
import { ValidateBy, type ValidationArguments } from 'class-validator';
import {
  isGuessable,
  isWeak,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
  type PasswordOwner,
} from '../../domain/password-policy.js';
import { zxcvbnGuessing } from '../crypto/zxcvbn-guessing.js';

/** Whatever a password manager or a person makes, as typed. */
const ANYTHING = /^[\s\S]*$/;

/** A password that is to be compared. */
export const Password = () => Text({ max: MAX_PASSWORD_LENGTH, verbatim: true, format: 'password', pattern: ANYTHING });

/** A password that is to be set; its owner's rules come with the account. */
export const NewPassword = () =>
  Text({ min: MIN_PASSWORD_LENGTH, max: MAX_PASSWORD_LENGTH, verbatim: true, format: 'password', pattern: ANYTHING });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function ownerOf({ object = {} }: Partial<ValidationArguments> = {}): PasswordOwner {
  const { email, firstName, lastName } = object as Partial<Record<keyof PasswordOwner, unknown>>;
  return { email: textOf(email), firstName: textOf(firstName), lastName: textOf(lastName) };
}

type Rule = (password: string, owner: PasswordOwner, guessing: typeof zxcvbnGuessing) => boolean;

const refusing = (rule: Rule, code: string) =>
  ValidateBy(
    {
      name: code,
      validator: {
        validate: (value, args) => typeof value !== 'string' || !rule(value, ownerOf(args), zxcvbnGuessing),
      },
    },
    { message: JSON.stringify({ code }) },
  );

/**
 * The first password of the person whom the same body describes. The domain checks the rules again; they are asked here
 * so that every fault of a form is told at once.
 */
export const FirstPassword = () =>
  applyDecorators(NewPassword(), refusing(isGuessable, 'common-password'), refusing(isWeak, 'weak-password'));
