type Store = Pick<Storage, 'getItem' | 'removeItem'>;

/** Under which drafts and messages lie that are not sent yet; what reads them is loaded where they are. */
export const UNSENT = 'medflow.unsent';

/** Whether something waits to be sent, for which code has to be loaded. */
export const isSomethingUnsent = (store: Store = localStorage): boolean =>
  (store.getItem(UNSENT) ?? '').includes('"key"');

/** With the end of the session. */
export const eraseUnsent = (store: Store = localStorage): void => store.removeItem(UNSENT);
