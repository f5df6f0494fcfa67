import { beforeEach, describe, expect, it } from 'vitest';
import { eraseUnsent, isSomethingUnsent, type Outcome, UNSENT, type Unsent, UnsentMessages } from './unsent';

let stored: Map<string, string>;
let store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
let posted: Unsent[];
let outcomes: Outcome[];
const messages = (accountId = 'amina') =>
  new UnsentMessages(
    accountId,
    async (message) => {
      posted.push(message);
      return outcomes.shift() ?? { sent: true };
    },
    () => store,
    () => 7,
  );
beforeEach(() => {
  [stored, posted, outcomes] = [new Map(), [], []];
  store = {
    getItem: (name) => stored.get(name) ?? null,
    setItem: (name, value) => void stored.set(name, value),
    removeItem: (name) => void stored.delete(name),
  };
});

describe('messages that wait to be sent', () => {
  it('go out in their order, each under its own key, and leave nothing behind', async () => {
    const unsent = messages();
    unsent.add('c', 'un');
    unsent.add('c', 'deux');
    expect(isSomethingUnsent(store)).toBe(true);
    expect(await unsent.flush()).toBe(true);
    expect(posted.map(({ text }) => text)).toEqual(['un', 'deux']);
    expect(new Set(posted.map(({ key }) => key)).size).toBe(2);
    expect([stored.size, unsent.list()]).toEqual([0, []]);
  });

  it('wait while the network is away, over a reload too, and go under the same key', async () => {
    outcomes = [{ away: true }];
    const unsent = messages();
    unsent.add('c', 'un');
    expect(await unsent.flush()).toBe(false);
    const later = messages();
    expect(later.list().map(({ text }) => text)).toEqual(['un']);
    expect(await later.flush()).toBe(true);
    expect(posted[1]!.key).toBe(posted[0]!.key);
  });

  it('are sent once by whoever calls at the same moment', async () => {
    const unsent = messages();
    unsent.add('c', 'un');
    await Promise.all([unsent.flush(), unsent.flush(), unsent.flush()]);
    expect(posted).toHaveLength(1);
  });

  it('that were refused say why, hold up no other, and are tried again or removed on demand', async () => {
    outcomes = [{ refusal: 'fermée' }];
    const unsent = messages();
    unsent.add('c', 'un');
    unsent.add('d', 'deux');
    await unsent.flush();
    expect(unsent.list()).toEqual([expect.objectContaining({ text: 'un', refusal: 'fermée' })]);
    await unsent.flush();
    expect(posted).toHaveLength(2);
    unsent.retry(unsent.list()[0]!.key);
    await unsent.flush();
    expect([posted.length, unsent.list()]).toEqual([3, []]);
    outcomes = [{ refusal: 'fermée' }];
    unsent.add('c', 'trois');
    await unsent.flush();
    unsent.remove(unsent.list()[0]!.key);
    expect(stored.size).toBe(0);
  });

  it('are seen by none but the account that wrote them, and gone with its session', () => {
    messages('amina').add('c', 'un');
    messages('amina').keepDraft('c', 'deu');
    expect([messages('karim').list(), messages('karim').draft('c')]).toEqual([[], '']);
    messages('karim').keepDraft('d', 'x');
    expect(messages('amina').list()).toEqual([]);
    eraseUnsent(store);
    expect(stored.has(UNSENT)).toBe(false);
  });

  it('tell whoever shows them', () => {
    const unsent = messages();
    const before = unsent.list();
    let calls = 0;
    const stop = unsent.subscribe(() => (calls += 1));
    expect(unsent.list()).toBe(before);
    unsent.add('c', 'un');
    stop();
    unsent.add('c', 'deux');
    expect(calls).toBe(1);
  });

  it('start anew where what is kept cannot be read', () => {
    stored.set(UNSENT, '{');
    expect(messages().list()).toEqual([]);
  });
});

describe('a draft', () => {
  it('survives a reload, by conversation, until it is emptied', () => {
    messages().keepDraft('c', 'Bonj');
    messages().keepDraft('d', 'Autre');
    expect([messages().draft('c'), messages().draft('d'), messages().draft('e')]).toEqual(['Bonj', 'Autre', '']);
    expect(isSomethingUnsent(store)).toBe(false);
    messages().keepDraft('c', '');
    expect(messages().draft('c')).toBe('');
  });
});
