const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};
/** Their content is no text. */
const SILENT = ['script', 'style', 'head', 'template', 'noscript'];
/** A new line begins with them. */
const BLOCKS = ['p', 'div', 'br', 'li', 'ul', 'ol', 'tr', 'table', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'dt', 'dd'];
const CELLS = ['td', 'th'];
const NO_BREAK_SPACE = 0xa0;

const ENTITY = /&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/iy;

function entityAt(html: string, at: number): { text: string; next: number } {
  ENTITY.lastIndex = at;
  const [whole, hex, decimal, name = ''] = ENTITY.exec(html) ?? [];
  if (whole === undefined) return { text: '&', next: at + 1 };
  const next = at + whole.length;
  const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
  if (point === NO_BREAK_SPACE) return { text: ' ', next };
  if (point > 0 && point <= 0x10ffff) return { text: String.fromCodePoint(point), next };
  return { text: Object.hasOwn(ENTITIES, name) ? ENTITIES[name]! : whole, next };
}

const endIfNone = (at: number, html: string): number => (at < 0 ? html.length : at);

/**
 * What a narrative says, without its mark-up; nothing of it is ever shown as HTML. It goes once through the text, whatever
 * is open or unclosed in it: expressions would go back and forth over a hostile one for hours.
 */
export function plainText(html: string): string {
  const lower = html.toLowerCase();
  let text = '';
  let at = 0;
  let ampersand = -1;
  while (at < html.length) {
    const tagAt = html.indexOf('<', at);
    const upTo = endIfNone(tagAt, html);
    while (at < upTo) {
      if (ampersand < at) ampersand = endIfNone(html.indexOf('&', at), html);
      const plainTo = Math.min(ampersand, upTo);
      text += html.slice(at, plainTo).replace(/\s+/g, ' ');
      at = plainTo;
      if (at === upTo) break;
      const entity = entityAt(html, at);
      text += entity.text;
      at = entity.next;
    }
    if (tagAt < 0) break;
    const close = html.indexOf('>', tagAt);
    if (close < 0) break;
    const [name = ''] = /^\/?[a-z][a-z\d]{0,15}/i.exec(html.slice(tagAt + 1, tagAt + 20)) ?? [];
    const tag = name.replace('/', '').toLowerCase();
    if (BLOCKS.includes(tag)) text += '\n';
    else if (CELLS.includes(tag)) text += ' ';
    at = close + 1;
    if (SILENT.includes(name.toLowerCase())) {
      const end = lower.indexOf(`</${tag}`, at);
      if (end < 0) break;
      at = end;
    }
  }
  return tidy(text);
}

/** No control characters, no empty lines, no spaces at either end. */
export const tidy = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u2028\u2029]/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n');
