import { Navigate, Outlet, useLocation } from 'react-router';
import { Loading } from '../components/states';
import { type Account, useSession } from '../lib/session';
import { NotFound } from './not-found';

/** Pages for some roles only: a stranger signs in first and comes back here. */
export function For({ roles }: { roles: Account['role'][] }) {
  const { account } = useSession();
  const location = useLocation();
  if (account === undefined) return <Loading />;
  if (account === null) {
    const next = encodeURIComponent(location.pathname + location.search);
    return <Navigate replace to={`/sign-in?next=${next}`} />;
  }
  return roles.includes(account.role) ? <Outlet /> : <NotFound />;
}
