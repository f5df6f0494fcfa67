export type Language = 'fr' | 'en' | 'ar';

export const DEFAULT_LANGUAGE: Language = 'fr';
export const DEFAULT_TIME_ZONE = 'Africa/Tunis';

/** What a service knows of somebody whom other services tell of. */
export interface Person {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  /** Id of their photo; absent: none. */
  readonly photo?: string;
  readonly language: Language;
  /** IANA name. */
  readonly timeZone: string;
  /** By whose days a doctor's figures count: of the availability plan, where there is one. */
  readonly figuresTimeZone: string;
}

interface Word {
  readonly id: string;
  /** An older word of the same source is ignored. */
  readonly sequence: number;
}

/** What one source tells of somebody. */
export type PersonNews = NameNews | PlanNews;

export interface NameNews extends Word {
  readonly source: 'identity' | 'profiles';
  readonly firstName: string;
  readonly lastName: string;
  readonly photo?: string;
  readonly language?: Language;
  readonly timeZone?: string;
}

/** Of a doctor's availability plan. */
export interface PlanNews extends Word {
  readonly source: 'scheduling';
  readonly timeZone: string;
}

/** The people of whom a service was told; each service keeps its own. */
export abstract class People {
  abstract keep(news: PersonNews): Promise<void>;
  /** Everybody who was asked for: of whom nobody has told has empty names. */
  abstract find(ids: readonly string[]): Promise<ReadonlyMap<string, Person>>;
}

/** The latest word of each source. */
export type Told = Partial<
  Record<NameNews['source'], Omit<NameNews, 'id' | 'source'>> &
    Record<PlanNews['source'], Omit<PlanNews, 'id' | 'source'>>
>;

/** A profile is what people edit: where it has spoken, the names of the sign-up count no more. */
export function personOf(id: string, { identity, profiles, scheduling }: Told): Person {
  const { firstName = '', lastName = '' } = profiles ?? identity ?? {};
  const timeZone = profiles?.timeZone ?? identity?.timeZone ?? DEFAULT_TIME_ZONE;
  return {
    id,
    firstName,
    lastName,
    ...(profiles?.photo !== undefined && { photo: profiles.photo }),
    language: profiles?.language ?? identity?.language ?? DEFAULT_LANGUAGE,
    timeZone,
    figuresTimeZone: scheduling?.timeZone ?? timeZone,
  };
}
