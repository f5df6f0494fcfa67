import { useEffect, useState } from 'react';

const tokenInAddress = (): string => new URLSearchParams(window.location.hash.slice(1)).get('token') ?? '';

/**
 * What the link of a letter carries behind its #. Once read it is taken out of the address bar, the history and the next
 * Referer; a second link that is pasted into the same tab counts, too.
 */
export function useLinkToken(): string {
  const [token, setToken] = useState(tokenInAddress);
  useEffect(() => {
    // Not while rendering, which may begin anew and would then find nothing.
    const readToken = () => {
      const given = tokenInAddress();
      if (!given) return;
      setToken(given);
      window.history.replaceState(window.history.state, '', window.location.pathname);
    };
    readToken();
    window.addEventListener('hashchange', readToken);
    return () => window.removeEventListener('hashchange', readToken);
  }, []);
  return token;
}
