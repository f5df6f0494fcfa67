type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'medflow.draft.';

export interface Draft<Values> {
  values: Values;
  /** Milliseconds since 1970. */
  keptAt: number;
  /** Idempotency-Key of the attempt with that content of which no answer has come. */
  attempt?: { content: string; key: string };
}

/**
 * What was typed and not saved yet, for as long as this tab is open: a reload or a lost connection loses nothing. Erased when
 * it was saved and with the session, as it may say what nobody else is to read.
 */
export class Drafts {
  constructor(private readonly store: () => Store = () => sessionStorage) {}

  read<Values>(name: string): Draft<Values> | undefined {
    try {
      const text = this.store().getItem(PREFIX + name);
      return text === null ? undefined : (JSON.parse(text) as Draft<Values>);
    } catch {
      return undefined;
    }
  }

  keep<Values>(name: string, draft: Draft<Values>): void {
    try {
      this.store().setItem(PREFIX + name, JSON.stringify(draft));
    } catch {
      // A full or forbidden store costs the draft after a reload, nothing else.
    }
  }

  erase(name: string): void {
    try {
      this.store().removeItem(PREFIX + name);
    } catch {
      // Where nothing can be stored, nothing is.
    }
  }

  eraseAll(): void {
    try {
      const store = this.store();
      const names = Array.from({ length: store.length }, (_, at) => store.key(at));
      for (const name of names) if (name?.startsWith(PREFIX)) store.removeItem(name);
    } catch {
      // Where nothing can be stored, nothing is.
    }
  }
}

export const drafts = new Drafts();
