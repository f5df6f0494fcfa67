import escape from 'escape-html';

/** Text that is HTML already: everything in it that came from elsewhere is escaped. */
export class Html {
  constructor(readonly source: string) {}
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

function sourceOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.source;
  if (Array.isArray(part)) return (part as readonly Part[]).map(sourceOf).join('');
  return escape(String(part));
}

/** A template whose parts are escaped, but for those that are {@link Html} themselves; what is absent is left out. */
export const markup = (strings: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(strings.reduce((text, string, at) => text + sourceOf(parts[at - 1]) + string));

/** Data for a script element that is not run: nothing in it can end the element. */
export const jsonIn = (data: unknown): Html => new Html(JSON.stringify(data).replaceAll('<', '\\u003c'));
