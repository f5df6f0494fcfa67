import { generatePath, Navigate, useLocation, useParams } from 'react-router';

/** Paths of earlier versions, which stand in letters and bookmarks, and where their pages are now. */
const formerPaths = [
  ['/docteurs', '/doctors'],
  ['/docteurs/:id', '/doctors/:id'],
  ['/docteurs/:id/reserver', '/doctors/:id/book'],
  ['/connexion', '/sign-in'],
  ['/inscription', '/sign-up'],
  ['/profil', '/profile'],
  ['/rendez-vous', '/appointments'],
  ['/demarrer', '/get-started'],
  ['/demandes', '/requests'],
  ['/disponibilites', '/availability'],
  ['/avis', '/reviews'],
] as const;

function Moved({ to }: { to: string }) {
  const params = useParams();
  const { search, hash } = useLocation();
  return <Navigate replace to={{ pathname: generatePath(to, params), search, hash }} />;
}

export const formerRoutes = formerPaths.map(([path, to]) => ({ path, element: <Moved to={to} /> }));
