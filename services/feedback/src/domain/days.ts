export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const DEFAULT_TIME_ZONE = 'Africa/Tunis';

/** Making a format costs hundreds of times its use; there are a few hundred zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, made);
  return made;
}

/** The calendar day `YYYY-MM-DD` of the instant in that IANA zone; in Tunis where this machine does not know the zone. */
export function dayOf(instant: Date, timeZone: string): string {
  try {
    const parts = Object.fromEntries(
      formatOf(timeZone)
        .formatToParts(instant)
        .map(({ type, value }) => [type, value]),
    );
    return `${parts.year}-${parts.month}-${parts.day}`;
  } catch (error) {
    if (timeZone === DEFAULT_TIME_ZONE || !(error instanceof RangeError)) throw error;
    return dayOf(instant, DEFAULT_TIME_ZONE);
  }
}
