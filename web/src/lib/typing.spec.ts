import { describe, expect, it, vi } from 'vitest';
import { Typing } from './typing';

describe('who types', () => {
  it('is shown for a few seconds after the last word of it', () => {
    vi.useFakeTimers();
    const typing = new Typing();
    let calls = 0;
    typing.subscribe(() => (calls += 1));
    typing.heard('c');
    expect([typing.isTyping('c'), typing.isTyping('d'), calls]).toEqual([true, false, 1]);
    vi.advanceTimersByTime(4_100);
    expect([typing.isTyping('c'), calls]).toEqual([false, 2]);
    vi.useRealTimers();
  });

  it('is over once what was typed has come', () => {
    const typing = new Typing();
    typing.heard('c');
    typing.over('c');
    expect(typing.isTyping('c')).toBe(false);
  });

  it('is said while there is a line, and nowhere else', () => {
    const typing = new Typing();
    const said: string[] = [];
    typing.tell('c');
    typing.connect((id) => void said.push(id));
    typing.tell('d');
    typing.disconnect();
    typing.tell('e');
    expect(said).toEqual(['d']);
  });
});
