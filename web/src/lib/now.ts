import { useEffect, useState } from 'react';

const EVERY_MS = 30_000;

/** The time in milliseconds, moving on while it is looked at: what may be done depends on it. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), EVERY_MS);
    return () => clearInterval(ticking);
  }, []);
  return now;
}
