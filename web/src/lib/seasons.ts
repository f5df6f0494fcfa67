interface Weeks<Rule> {
  weekly: readonly Rule[];
  seasons: readonly { from?: string | undefined; to?: string | undefined; weekly: readonly Rule[] }[];
}

/** The week that stands on `YYYY-MM-DD`: that of its season, else the usual one. Dates of that form compare as text. */
export const weekOn = <Rule>({ weekly, seasons }: Weeks<Rule>, date: string): readonly Rule[] =>
  seasons.find(({ from, to }) => from && to && from <= date && date <= to)?.weekly ?? weekly;

/** Whether the plan says any day on which the doctor can be seen. */
export const hasHours = ({ weekly, seasons, dates }: Weeks<unknown> & { dates: readonly unknown[] }): boolean =>
  weekly.length + dates.length > 0 || seasons.some((season) => season.weekly.length > 0);
