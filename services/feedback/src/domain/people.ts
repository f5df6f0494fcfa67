/** Somebody as the other side sees them. */
export interface Person {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
}

/** What is told of people, by whom: an older word of the same source is ignored. */
export interface PersonNews extends Person {
  readonly source: 'identity' | 'profiles';
  readonly sequence: number;
  /** IANA name. */
  readonly timeZone?: string;
}

export abstract class People {
  abstract keep(news: PersonNews): Promise<void>;
  /** Somebody of whom nobody has told yet has no name. */
  abstract find(ids: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  abstract timeZoneOf(id: string): Promise<string>;
}
