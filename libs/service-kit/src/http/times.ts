/**
 * Milliseconds of the first and the last time that a person or an appointment can have: the years 1900 to 2999. Time
 * zones, databases and sums of days go wrong beyond.
 */
export const FIRST_TIME = Date.UTC(1900, 0, 1);
export const LAST_TIME = Date.UTC(3000, 0, 1) - 1;

export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** `YYYY-MM-DD`, a date that exists. */
export const isDay = (value: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
};

/** RFC 3339, with an offset, on a date that exists. */
export const isInstant = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
  isDay(value.slice(0, 10)) &&
  !Number.isNaN(Date.parse(value));
