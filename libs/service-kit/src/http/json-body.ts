import { parse } from 'secure-json-parse';

/** Objects and lists within one another: more is no form of ours, and deep ones cost those who walk through them. */
const MAX_JSON_DEPTH = 32;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = [0x5b, 0x7b];
const CLOSE = [0x5d, 0x7d];

/** The body cannot be read (400). */
export class UnreadableBody extends Error {
  readonly statusCode = 400;
}

/** Looks at the bytes, before anything of that depth is built. */
function isTooDeep(json: Buffer, max: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at]!;
    if (quoted) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (OPEN.includes(byte) && ++depth > max) return true;
    else if (CLOSE.includes(byte)) depth -= 1;
  }
  return false;
}

/**
 * What a JSON body says; undefined for an empty one.
 * @param maxDepth of objects and lists within one another
 * @throws UnreadableBody for what is no JSON, is nested deeper or names `__proto__`
 */
export function jsonBody(body: Buffer, maxDepth = MAX_JSON_DEPTH): unknown {
  if (body.length === 0) return undefined;
  if (isTooDeep(body, maxDepth)) throw new UnreadableBody(`nested deeper than ${maxDepth} levels`);
  try {
    return parse(body.toString('utf8'), undefined, { protoAction: 'error', constructorAction: 'error' });
  } catch (error) {
    throw new UnreadableBody((error as Error).message);
  }
}
