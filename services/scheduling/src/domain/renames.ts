import type { Side } from './appointment-state.js';
import type { NamedPerson, Person } from './values.js';

/** Somebody whose appointments are to bear the name and photo that profiles told last. */
export interface Rename {
  readonly side: Side;
  readonly person: NamedPerson;
  /** When the name was told. */
  readonly since: Date;
  /** Whose turn it is. */
  readonly claim: string;
}

/** What somebody's name and photo were to those who keep them: not there, those very ones, or others. */
export type NameChange = 'first' | 'none' | 'other';

type Names = Pick<Person, 'firstName' | 'lastName' | 'photo'>;

/** @param before undefined or empty names: nobody has told */
export function nameChangeOf(before: Names | undefined, now: Names): NameChange {
  if (!before || (before.firstName === '' && before.lastName === '')) return 'first';
  const same = before.firstName === now.firstName && before.lastName === now.lastName && before.photo === now.photo;
  return same ? 'none' : 'other';
}

/** Names, and photos with them, on their way into the appointments of their bearers. */
export abstract class Renames {
  /** Within the transaction that keeps the name. It takes the place of an earlier name that is still on its way. */
  abstract want(side: Side, person: NamedPerson, now: Date): Promise<void>;
  /** Called once that is committed. */
  abstract whenWanted(listener: () => void): void;
  abstract hasAppointments(side: Side, accountId: string): Promise<boolean>;

  /** Those that are due by `now`, for nobody else before `until`; and when the next one is. */
  abstract claim(now: Date, until: Date, limit: number): Promise<{ renames: Rename[]; next: Date | undefined }>;
  /**
   * Gives the name to up to `limit` appointments whose name is older, the latest visit first.
   * @param from start of the visit to go on from @returns the same for the next call; undefined: there are no more
   */
  abstract apply(rename: Rename, limit: number, from?: Date): Promise<Date | undefined>;
  /** Done with, or to be looked at again at that time; unless another name has taken its place. */
  abstract end(rename: Rename, again: Date | undefined): Promise<void>;
}
