export type Language = 'fr' | 'en' | 'ar';

export const DEFAULT_LANGUAGE: Language = 'fr';
export const DEFAULT_TIME_ZONE = 'Africa/Tunis';

/** What a service knows of somebody whom other services tell of. */
export interface Person {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly language: Language;
  /** IANA name. */
  readonly timeZone: string;
}

/** What one source tells of somebody. */
export interface PersonNews {
  readonly id: string;
  readonly source: 'identity' | 'profiles';
  /** An older word of the same source is ignored. */
  readonly sequence: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly language?: Language;
  readonly timeZone?: string;
}

/** The people of whom a service was told; each service keeps its own. */
export abstract class People {
  abstract keep(news: PersonNews): Promise<void>;
  /** Everybody who was asked for: of whom nobody has told has empty names. */
  abstract find(ids: readonly string[]): Promise<ReadonlyMap<string, Person>>;
}

/** The latest word of each source. */
export type Told = Partial<Record<PersonNews['source'], Omit<PersonNews, 'id' | 'source'>>>;

/** A profile is what people edit: where it has spoken, the names of the sign-up count no more. */
export function personOf(id: string, { identity, profiles }: Told): Person {
  const { firstName = '', lastName = '' } = profiles ?? identity ?? {};
  return {
    id,
    firstName,
    lastName,
    language: profiles?.language ?? identity?.language ?? DEFAULT_LANGUAGE,
    timeZone: profiles?.timeZone ?? identity?.timeZone ?? DEFAULT_TIME_ZONE,
  };
}
