import { describe, expect, it } from '@jest/globals';
import { messageOf, type Messages } from './messages.js';

describe('the message of a code', () => {
  it.each([
    [1, 'محاولات كثيرة: أعد المحاولة بعد ثانية واحدة.'],
    [2, 'محاولات كثيرة: أعد المحاولة بعد ثانيتين.'],
    [3, 'محاولات كثيرة: أعد المحاولة بعد 3 ثوانٍ.'],
    [11, 'محاولات كثيرة: أعد المحاولة بعد 11 ثانية.'],
    [102, 'محاولات كثيرة: أعد المحاولة بعد 102 ثانية.'],
  ])('counts in Arabic as Arabic counts: %d', (seconds, text) => {
    expect(messageOf({}, 'too-many-requests', 'ar', { seconds })).toBe(text);
  });

  it('tells one from many in French and English, where nought is one in French', () => {
    const texts = [0, 1, 2].flatMap((max) => [
      messageOf({}, 'too-long', 'fr', { max }),
      messageOf({}, 'too-long', 'en', { max }),
    ]);
    expect(texts).toEqual([
      'Au plus 0 caractère.',
      'At most 0 characters.',
      'Au plus 1 caractère.',
      'At most 1 character.',
      'Au plus 2 caractères.',
      'At most 2 characters.',
    ]);
  });

  it('takes parameters word for word, lists among them', () => {
    const messages: Messages = { said: { fr: '« {words} »', en: '“{words}”', ar: '«{words}»' } };
    expect(messageOf(messages, 'said', 'fr', { words: '{max} <b> $& #' })).toBe('« {max} <b> $& # »');
    expect(messageOf(messages, 'said', 'en', { words: ['a', 'b'] })).toBe('“a,b”');
  });

  it('is the code itself where no catalogue has it, or what it counts is not known', () => {
    expect(messageOf({}, 'constructor', 'fr')).toBe('constructor');
    expect(messageOf({}, 'too-many-requests', 'fr', { seconds: undefined })).toBe('too-many-requests');
  });
});
