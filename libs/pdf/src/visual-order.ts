import bidiFactory from 'bidi-js';

interface Bidi {
  getEmbeddingLevels(text: string, direction: 'ltr' | 'rtl'): { levels: Uint8Array };
  getMirroredCharacter(character: string): string | null;
}

/** Its types describe an ES module that its package does not have. */
const bidi = (bidiFactory as unknown as () => Bidi)();

/** Marks that order text and have no shape of their own. */
const MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A line of text in runs from left to right, as it is to be drawn: the PDF library shapes the letters of a run that is
 * all of one direction, but orders no runs. After the Unicode Bidirectional Algorithm (UAX #9).
 * @param direction of the paragraph
 */
export function runsOf(text: string, direction: 'ltr' | 'rtl'): { text: string; isRightToLeft: boolean }[] {
  const { levels } = bidi.getEmbeddingLevels(text, direction);
  const runs: { start: number; end: number; level: number }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const level = levels[at] ?? 0;
    const last = runs.at(-1);
    if (last && last.level === level) last.end = at + 1;
    else runs.push({ start: at, end: at + 1, level });
  }
  // Rule L2: from the highest level down to the lowest odd one, what is at that level or above is turned round.
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  let ordered = runs;
  for (let level = highest; level > 0; level -= 1) {
    const next: typeof runs = [];
    let flipped: typeof runs = [];
    for (const run of ordered) {
      if (run.level >= level) flipped.unshift(run);
      else {
        next.push(...flipped, run);
        flipped = [];
      }
    }
    ordered = [...next, ...flipped];
  }
  return ordered.map(({ start, end, level }) => {
    const run = text.slice(start, end).replace(MARKS, '');
    const isRightToLeft = level % 2 === 1;
    return { text: isRightToLeft ? turned(run) : run, isRightToLeft };
  });
}

/** Brackets look the other way (rule L4); where no letter tells the library the direction, they are put in order too. */
function turned(run: string): string {
  const mirrored = Array.from(run, (character) => bidi.getMirroredCharacter(character) ?? character);
  return (/\p{L}/u.test(run) ? mirrored : mirrored.reverse()).join('');
}
