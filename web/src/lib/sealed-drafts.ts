const DATABASE = 'medflow.drafts';
const STORE = 'drafts';
const KEY = 'key';
const KEPT_MS = 7 * 86_400_000;

interface Draft {
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
  /** Milliseconds since 1970. */
  at: number;
}

/** What drafts are laid down in: names and values. */
export interface DraftStore {
  get(name: string): Promise<unknown>;
  put(name: string, value: unknown): Promise<void>;
  delete(name: string): Promise<void>;
  clear(): Promise<void>;
}

/**
 * What a doctor has written and not sent yet, on this device: sealed with a key that no script can read out, erased when it
 * is sent, when they sign out, and after a week. A medical note lies nowhere in the clear.
 */
export class SealedDrafts {
  constructor(
    private readonly store: DraftStore,
    private readonly now: () => number = Date.now,
  ) {}

  /** @returns whether it is kept: some browsers keep nothing in private windows */
  async keep(name: string, text: string): Promise<boolean> {
    if (text === '') return this.forget(name).then(() => true);
    try {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const key = await this.key();
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text));
      await this.store.put(name, { iv, sealed, at: this.now() } satisfies Draft);
      return true;
    } catch {
      return false;
    }
  }

  async read(name: string): Promise<string | undefined> {
    try {
      const draft = (await this.store.get(name)) as Draft | undefined;
      if (!draft) return undefined;
      if (this.now() - draft.at > KEPT_MS) {
        await this.store.delete(name);
        return undefined;
      }
      const { iv, sealed } = draft;
      return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await this.key(), sealed));
    } catch {
      return undefined;
    }
  }

  async forget(name: string): Promise<void> {
    await this.store.delete(name).catch(() => undefined);
  }

  /** Everything, the key first of all. */
  async erase(): Promise<void> {
    await this.store.clear().catch(() => undefined);
  }

  private async key(): Promise<CryptoKey> {
    const known = (await this.store.get(KEY)) as CryptoKey | undefined;
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    await this.store.put(KEY, made);
    return made;
  }
}

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('indexedDB'));
  });

async function within<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await answerOf(opening);
  try {
    return await answerOf(act(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

const indexed: DraftStore = {
  get: (name) => within<unknown>('readonly', (store) => store.get(name)),
  put: async (name, value) => void (await within('readwrite', (store) => store.put(value, name))),
  delete: async (name) => void (await within('readwrite', (store) => store.delete(name))),
  clear: async () => void (await within('readwrite', (store) => store.clear())),
};

export const sealedDrafts = new SealedDrafts(indexed);
