import { useEffect } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useSession } from '../../lib/session';
import { ownPath } from '../../lib/way-back';

/** Newcomers begin somewhere else than those who come back. */
const firstPages = { patient: '/doctors', doctor: '/get-started', admin: '/verifications' };
const homes = { patient: '/dashboard', doctor: '/dashboard', admin: '/verifications' };

/** Where somebody wanted to go before signing in; only a page of ours. */
export const useNext = (): string | undefined => ownPath(useSearchParams()[0].get('next'));

/** Whoever is signed in has no business here: on to where they were going, or to their first page. */
export function useLeaveWhenSignedIn({ isNew }: { isNew: boolean }): void {
  const { account } = useSession();
  const navigate = useNavigate();
  const next = useNext();
  useEffect(() => {
    if (account) void navigate(next ?? (isNew ? firstPages : homes)[account.role], { replace: true });
  }, [account, next, navigate, isNew]);
}
