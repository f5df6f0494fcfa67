import type { Strategy } from 'passport';
import passport from 'passport';

let registered = 0;

/**
 * Registers a strategy under a name that no other has, for a guard to ask for: Passport is one per process, and embedded
 * mode hosts every service in one.
 */
export function ownStrategy(strategy: Strategy, kind: string): string {
  const name = `${kind}-${(registered += 1)}`;
  passport.use(name, strategy);
  return name;
}
