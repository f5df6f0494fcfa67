import type { Description } from './description.js';
import type { SummaryLanguage } from './summary-texts.js';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** XML 1.0 has no place for them, not even escaped. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

export const escaped = (text: string): string =>
  text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (character) => ESCAPES[character]!);

const list = (items: readonly string[]): string => `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

const described = ({ heading, facts }: Description): string =>
  `<b>${escaped(heading)}</b>${list(facts.map(([label, value]) => `${escaped(label)}: ${escaped(value)}`))}`;

/** What the section says, for who reads the document without reading its data. */
export function narrativeOf(content: string | readonly Description[], language: SummaryLanguage) {
  const body = typeof content === 'string' ? `<p>${escaped(content)}</p>` : list(content.map(described));
  const direction = language === 'ar' ? ' dir="rtl"' : '';
  return {
    status: 'generated',
    div: `<div xmlns="http://www.w3.org/1999/xhtml" lang="${language}" xml:lang="${language}"${direction}>${body}</div>`,
  };
}
