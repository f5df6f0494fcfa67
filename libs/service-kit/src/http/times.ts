/**
 * Milliseconds of the first and the last time that a person or an appointment can have: the years 1900 to 2999. Time
 * zones, databases and sums of days go wrong beyond.
 */
export const FIRST_TIME = Date.UTC(1900, 0, 1);
export const LAST_TIME = Date.UTC(3000, 0, 1) - 1;

export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
