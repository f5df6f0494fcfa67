/** Objects and lists within one another: FHIR needs a dozen, and deep ones cost those who walk through them. */
export const MAX_NESTING = 40;

/** Looks at the text, before anything of that depth is built. */
export function isTooNested(json: string, max = MAX_NESTING): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (isQuoted) {
      if (character === '\\') at += 1;
      else if (character === '"') isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if ((character === '{' || character === '[') && ++depth > max) return true;
    else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
}
