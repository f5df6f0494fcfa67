import passport, { type Strategy } from 'passport';

let registered = 0;

/**
 * Gives a strategy a name that no other has, for its guard to ask for: Passport is one per process, and embedded mode hosts
 * every service in one.
 */
export function ownStrategy(strategy: Strategy, kind: string): void {
  registered += 1;
  strategy.name = `${kind}-${registered}`;
  passport.use(strategy);
}
