import { PersonName } from './person-name.js';
import { ValidationFailed, validationPipe } from './validation.js';

class Body {
  @PersonName() name!: string;
  @PersonName({ optional: true, max: 10 }) nickname?: string;
}

const read = (body: object): Promise<Body> => validationPipe().transform(body, { type: 'body', metatype: Body });

async function faults(body: object): Promise<Record<string, string>> {
  try {
    await read(body);
    return {};
  } catch (error) {
    return Object.fromEntries((error as ValidationFailed).faults.map(({ field, code }) => [field, code]));
  }
}

describe('a person’s name', () => {
  it.each([
    ['  Amina ', 'Amina'],
    ['Ben \u00a0\u2003 Salah', 'Ben Salah'],
    ['Le\u0308i\u0308la', 'Lëïla'],
    ['O’Neill-Ferrand', 'O’Neill-Ferrand'],
    ['J. R. R.', 'J. R. R.'],
    ['محمّد', 'محمّد'],
    // Persian « Mahdavi-far » is written with a zero-width non-joiner.
    ['مهدوی\u200cفر', 'مهدوی\u200cفر'],
    ['नेहा क्\u200dष', 'नेहा क्\u200dष'],
    ['李', '李'],
    ['𝒜𝓂𝒾𝓃𝒶', '𝒜𝓂𝒾𝓃𝒶'],
  ])('is taken from « %s »', async (typed, name) => {
    expect(await read({ name: typed })).toEqual({ name });
  });

  it.each([
    ['zero-width characters alone', '\u200b\u200d\u2060'],
    ['a joiner alone', '\u200d'],
    ['an invisible letter (Hangul filler)', '\u3164'],
    ['figures alone', '12345'],
    ['signs alone', '— ! —'],
    ['a mark without a letter', '\u0301'],
    ['a right-to-left override', 'Amina \u202etiderc'],
    ['a left-to-right embedding', '\u202aAmina'],
    ['the end of an embedding', 'Amina\u202c'],
    ['an isolate', '\u2066Amina\u2069'],
    ['a direction mark', 'Amina\u200f'],
    ['a zero-width space', 'Ami\u200bna'],
    ['a joiner at the end', 'Amina\u200d'],
    ['a joiner beside a space', 'Amina \u200dSalah'],
    ['two joiners', 'مه\u200c\u200cفر'],
    ['a tag character', 'Amina\u{e0041}'],
    ['a soft hyphen', 'Ami\u00adna'],
    ['a new line', 'Amina\r\nBcc: eve@evil.example'],
    ['a line separator', 'Amina\u2028Salah'],
    ['an escape', '\u001b[31mAmina'],
    ['a control character of the second set', 'Amina\u0085'],
    ['a private character', 'Amina\ue000'],
    ['an unassigned one', 'Amina\u0378'],
    ['half a surrogate pair', 'Amina\ud800'],
  ])('is not one with %s', async (_, name) => {
    expect(await faults({ name })).toEqual({ name: 'invalid-name' });
  });

  it('is required, bounded and text', async () => {
    expect(await faults({})).toEqual({ name: 'required' });
    expect(await faults({ name: ' \u00a0 ' })).toEqual({ name: 'required' });
    expect(await faults({ name: 'x'.repeat(101) })).toEqual({ name: 'too-long' });
    expect(await faults({ name: ['Amina'] })).toEqual({ name: 'invalid' });
    expect(await faults({ name: 'Amina', nickname: 'x'.repeat(11) })).toEqual({ nickname: 'too-long' });
    expect(await faults({ name: 'Amina', nickname: '\u202ex' })).toEqual({ nickname: 'invalid-name' });
  });
});
