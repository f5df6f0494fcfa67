import { EmailNotVerified } from './errors.js';
import type { AccountSubject, Role, Subject } from './subject.js';

/** `anyone` signed in or not; `signed-in` whatever the role; `service` other processes of this installation. */
export type Who = Role | 'anyone' | 'signed-in' | 'service';

/**
 * What it is done for: one's own affairs, a patient's care, what everybody may know, the running of the practice's
 * installation by its administrators, the working together of its services.
 */
export type Purpose = 'own' | 'care' | 'emergency' | 'link' | 'public' | 'administration' | 'operation';

/** How the subject must stand to the resource; who does not is answered as if there were none. */
export interface Relation<Resource> {
  /** As it reads after « only »: `their own`. */
  readonly is: string;
  holds(subject: AccountSubject, resource: Resource): boolean;
}

/** The resource names the subject in that field. @param is how it reads after « only » */
export const namedIn = <Field extends string>(
  field: Field,
  is = 'their own',
): Relation<Readonly<Record<Field, string>>> => ({ is, holds: ({ id }, resource) => resource[field] === id });

/** What else must be so; who may not for want of it is told so. */
export interface Condition<Resource> {
  /** As it reads after « provided that »: `the address is proven`. */
  readonly is: string;
  /** @param resource undefined while only the request is known: what depends on it holds until then */
  holds(subject: AccountSubject, resource: Resource | undefined): boolean;
  refusal(): Error;
}

interface PolicyOn<Name, Resource> {
  readonly who: Who | readonly Who[];
  /** Actions: imperative verbs, one word each or joined by hyphens. */
  readonly may: string | readonly string[];
  readonly on: Name;
  readonly purpose: Purpose;
  readonly relation?: Relation<Resource>;
  readonly provided?: Condition<Resource>;
}

/** @typeParam Resources what is known of a resource when it is decided upon, by the resource's name */
export type Policy<Resources> = {
  [Name in keyof Resources & string]: PolicyOn<Name, Resources[Name]>;
}[keyof Resources & string];

const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

export const actionsOf = ({ may }: Pick<Policy<Record<string, unknown>>, 'may'>): readonly string[] => listOf(may);

export const whoOf = ({ who }: Pick<Policy<Record<string, unknown>>, 'who'>): readonly Who[] => listOf(who);

/** Whether the policy speaks of subjects of this role. */
export const speaksOf = (policy: Pick<Policy<Record<string, unknown>>, 'who'>, role: Subject['role']): boolean =>
  whoOf(policy).some(
    (who) => who === role || who === 'anyone' || (who === 'signed-in' && role !== 'nobody' && role !== 'service'),
  );

/** Whoever commits others to something has shown where to reach them. */
export const addressProven: Condition<unknown> = {
  is: 'the address is proven',
  holds: (subject) => subject.addressProven,
  refusal: () => new EmailNotVerified('the address is not proven'),
};
