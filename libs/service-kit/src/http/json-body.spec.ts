import { deepJson } from '@medflow/testing';
import { jsonBody, UnreadableBody } from './json-body.js';

const read = (text: string): unknown => jsonBody(Buffer.from(text));

describe('a JSON body', () => {
  it('may be nested 32 levels deep, brackets in texts not counted', () => {
    for (const kind of ['list', 'object'] as const) {
      expect(() => read(deepJson(32, kind))).not.toThrow();
      expect(() => read(deepJson(33, kind))).toThrow(UnreadableBody);
    }
    const text = `${'['.repeat(100)}\\" ${'{'.repeat(100)}`;
    expect(read(JSON.stringify({ text, list: Array.from({ length: 100 }, () => [{}]) }))).toMatchObject({ text });
  });

  it('of a megabyte of brackets is refused before anything is built of it', () => {
    const at = performance.now();
    for (const text of ['['.repeat(1_000_000), deepJson(200_000, 'object'), '{"a":'.repeat(200_000)])
      expect(() => read(text)).toThrow(UnreadableBody);
    expect(performance.now() - at).toBeLessThan(500);
  });

  it.each(['{', '[1,]', 'nothing', '"a', '\u0000', '{"a":1}{', '{"__proto__":1}', '{"a":{"__proto__":{}}}'])(
    'is refused: %s',
    (text) => {
      expect(() => read(text)).toThrow(UnreadableBody);
    },
  );

  it('may be empty, which is none', () => {
    expect(read('')).toBeUndefined();
    expect(read('null')).toBeNull();
  });
});
