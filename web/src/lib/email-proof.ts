import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { api, dataOf } from './api';
import { ProblemError } from './problems';
import { type Account, useSession } from './session';
import { beforeProof } from './way-back';

const PROVEN = 'medflow.email-proven';
const LOOK_MS = 5_000;

/** Nothing can be booked or paid before the address is proven: the operator asks for it. */
export const mustProve = (account: Account | null | undefined): boolean =>
  account?.emailVerified === false && account.emailVerification?.required === true;

/** Minutes until another letter may be asked for, rounded up; 0: at once. */
export const minutesToNextLetter = ({ emailVerification }: Account, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(emailVerification?.nextLetterAt ?? '') - now) / 60_000)) || 0;

/** Tells the other tabs of this browser. */
export const announceProof = (): void => localStorage.setItem(PROVEN, String(Date.now()));

/** Notices a proof that is made in another tab at once, and one on another device when the person comes back here. */
export function useProofElsewhere(): void {
  const { account, renew } = useSession();
  const wanted = mustProve(account);
  const me = useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => dataOf(api.GET('/auth/me', { signal })),
    enabled: wanted,
    staleTime: LOOK_MS,
    refetchOnWindowFocus: true,
  });
  const proven = wanted && me.data?.emailVerified === true && me.data.id === account?.id;
  useEffect(() => {
    if (proven) void renew().catch(() => undefined);
  }, [proven, renew]);
  useEffect(() => {
    if (!wanted) return;
    const heard = ({ key }: StorageEvent) => {
      if (key === PROVEN) void renew().catch(() => undefined);
    };
    window.addEventListener('storage', heard);
    return () => window.removeEventListener('storage', heard);
  }, [wanted, renew]);
}

/** Whoever opens the link in the letter comes back to this page. */
export function useWaitHere(unproven: boolean): void {
  const { pathname, search } = useLocation();
  useEffect(() => {
    if (unproven) beforeProof.remember(pathname + search);
  }, [unproven, pathname, search]);
}

/** Asks for another letter; the answer says when the next may go. */
export function useLetterAgain() {
  const { update, renew } = useSession();
  return useMutation({
    mutationFn: () => dataOf(api.POST('/auth/email/verification')),
    onSuccess: update,
    onError: (error) => {
      // Proven in the meantime, elsewhere.
      if (error instanceof ProblemError && error.code === 'email-verified-already') void renew().catch(() => undefined);
    },
  });
}
