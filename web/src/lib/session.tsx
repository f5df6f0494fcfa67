import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { api, keepToken, refresh, refreshUntilAnswered, type SignedIn, whenSessionEnds } from './api';
import { drafts } from './drafts';
import { kept } from './kept';
import { sealedDrafts } from './sealed-drafts';
import { eraseUnsent } from './unsent-mark';

export type Account = SignedIn['account'];

interface Session {
  /** Undefined until it is known whether somebody is signed in. */
  account: Account | null | undefined;
  signIn: (signedIn: SignedIn) => void;
  /** What is known of the account has changed. */
  update: (account: Account) => void;
  /** New tokens, which say what has changed of the account. */
  renew: () => Promise<void>;
  signOut: () => Promise<void>;
  /** Nobody is signed in since somebody signed out here, rather than because a session ended. */
  hasLeft: boolean;
}

const context = createContext<Session | undefined>(undefined);
/** Says only that there is a cookie worth trying, so that strangers cause no refused request. */
const MARK = 'medflow.signed-in';

export function SessionProvider({ children }: { children: ReactNode }) {
  const [account, setAccount] = useState<Account | null | undefined>(localStorage.getItem(MARK) ? undefined : null);
  const [hasLeft, setHasLeft] = useState(false);
  const queries = useQueryClient();

  const forget = useCallback(() => {
    localStorage.removeItem(MARK);
    kept.erase();
    eraseUnsent();
    drafts.eraseAll();
    void sealedDrafts.erase();
    keepToken(undefined);
    queries.clear();
    setAccount(null);
  }, [queries]);

  useEffect(() => {
    whenSessionEnds(forget);
    if (account === null) {
      kept.erase();
      drafts.eraseAll();
      void sealedDrafts.erase();
    }
    if (account !== undefined) return;
    kept.open();
    let isAsked = true;
    const found = (account: Account | null) => {
      // Somebody may sign in while it is asked.
      if (!isAsked) return;
      if (account) kept.goOn(account);
      setAccount((now) => (now === undefined ? account : now));
    };
    refreshUntilAnswered().then(
      (signedIn) => signedIn && found(signedIn.account),
      () => found(null),
    );
    return () => {
      isAsked = false;
    };
  }, [account, forget]);

  const session = useMemo<Session>(
    () => ({
      account,
      signIn: (signedIn) => {
        localStorage.setItem(MARK, '1');
        kept.begin(signedIn.account);
        keepToken(signedIn);
        // What a stranger has read is public, and a form may stand on it.
        if (account) queries.clear();
        setHasLeft(false);
        setAccount(signedIn.account);
      },
      update: setAccount,
      renew: async () => {
        const signedIn = await refresh();
        if (signedIn) setAccount(signedIn.account);
        else forget();
      },
      signOut: async () => {
        await api.POST('/auth/logout').catch(() => undefined);
        setHasLeft(true);
        forget();
      },
      hasLeft,
    }),
    [account, forget, hasLeft, queries],
  );
  return <context.Provider value={session}>{children}</context.Provider>;
}

export function useSession(): Session {
  const session = useContext(context);
  if (!session) throw new Error('no SessionProvider');
  return session;
}
