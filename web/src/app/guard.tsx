import { Suspense, useState } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { Loading } from '../components/states';
import { useAway } from '../lib/away';
import { kept } from '../lib/kept';
import { later } from '../lib/later';
import { type Account, useSession } from '../lib/session';
import { NotFound } from './not-found';

const Kept = later(() => import('../features/appointments/kept'));

/** Whether somebody is signed in cannot be asked for now: what they read last is better than waiting. */
function WhileUnknown() {
  const isAway = useAway();
  const [isKept] = useState(() => kept.isThere());
  if (!isAway || !isKept) return <Loading />;
  return (
    <Suspense fallback={<Loading />}>
      <Kept />
    </Suspense>
  );
}

/** Pages for some roles only: a stranger signs in first and comes back here; who signs out here goes to the first page. */
export function For({ roles }: { roles: Account['role'][] }) {
  const { account, hasLeft } = useSession();
  const location = useLocation();
  const [hadLeft] = useState(hasLeft);
  if (account === undefined) return <WhileUnknown />;
  if (account === null) {
    if (hasLeft && !hadLeft) return <Navigate replace to="/" />;
    const next = encodeURIComponent(location.pathname + location.search);
    return <Navigate replace to={`/sign-in?next=${next}`} />;
  }
  return roles.includes(account.role) ? <Outlet /> : <NotFound />;
}
