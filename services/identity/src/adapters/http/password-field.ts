import { applyDecorators } from '@nestjs/common';
import { Text } from '@medflow/service-kit';
import { ValidateBy, type ValidationArguments } from 'class-validator';
import {
  isGuessable,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
  type PasswordOwner,
} from '../../domain/password-policy.js';
import { knownPasswords } from '../crypto/known-passwords.js';

/** Whatever a password manager or a person makes, as typed. */
const ANYTHING = /^[\s\S]*$/;

/** A password that is to be compared. */
export const Password = () => Text({ max: MAX_PASSWORD_LENGTH, verbatim: true, format: 'password', pattern: ANYTHING });

/** A password that is to be set; its owner's rules come with the account. */
export const NewPassword = () =>
  Text({ min: MIN_PASSWORD_LENGTH, max: MAX_PASSWORD_LENGTH, verbatim: true, format: 'password', pattern: ANYTHING });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function isGood(password: unknown, args?: ValidationArguments): boolean {
  if (typeof password !== 'string') return true;
  const { email, firstName, lastName } = (args?.object ?? {}) as Partial<Record<keyof PasswordOwner, unknown>>;
  const owner = { email: textOf(email), firstName: textOf(firstName), lastName: textOf(lastName) };
  return !isGuessable(password, owner, knownPasswords);
}

/**
 * The first password of the person whom the same body describes. The domain checks the rule again; it is asked here so
 * that every fault of a form is told at once.
 */
export const FirstPassword = () =>
  applyDecorators(
    NewPassword(),
    ValidateBy(
      { name: 'guessable', validator: { validate: isGood } },
      { message: JSON.stringify({ code: 'common-password' }) },
    ),
  );
