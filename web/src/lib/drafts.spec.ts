import { describe, expect, it } from 'vitest';
import { Drafts } from './drafts';

function store(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    clear: () => items.clear(),
    key: (at) => [...items.keys()][at] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
  };
}

describe('drafts', () => {
  it('come back as they were kept, each by its name, until they are erased', () => {
    const drafts = new Drafts(store);
    const shared = store();
    const kept = new Drafts(() => shared);
    expect(drafts.read('one')).toBeUndefined();
    kept.keep('one', { values: { label: 'Toux' }, keptAt: 5, attempt: { content: 'c', key: 'k' } });
    kept.keep('two', { values: { label: 'Fièvre' }, keptAt: 6 });
    expect(kept.read('one')).toEqual({ values: { label: 'Toux' }, keptAt: 5, attempt: { content: 'c', key: 'k' } });
    kept.erase('one');
    expect(kept.read('one')).toBeUndefined();
    expect(kept.read('two')).toBeDefined();
  });

  it('go all at once with the session, and nothing else does', () => {
    const shared = store();
    shared.setItem('medflow.opened-anew', '1');
    const drafts = new Drafts(() => shared);
    for (const name of ['one', 'two', 'three']) drafts.keep(name, { values: {}, keptAt: 1 });
    drafts.eraseAll();
    expect(shared.length).toBe(1);
    expect(shared.getItem('medflow.opened-anew')).toBe('1');
  });

  it('cost nothing but themselves where nothing can be stored', () => {
    const forbidden = new Drafts(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    forbidden.keep('one', { values: {}, keptAt: 1 });
    forbidden.erase('one');
    forbidden.eraseAll();
    expect(forbidden.read('one')).toBeUndefined();
  });
});
