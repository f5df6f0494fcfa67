import type { Threshold } from './login-throttle.js';

/**
 * How often letters to recover an account may be asked for; beyond, the request is answered alike and no letter goes. One
 * address of the network serves many people. Who is asked for by strangers still gets a letter every twenty minutes, and
 * each is good for an hour: nobody can be kept from recovering an account.
 */
export const recoveryLimits = {
  network: { name: 'recovery-network', failures: 20, pauses: [900], memory: 3600 },
  account: { name: 'recovery-account', failures: 3, pauses: [1200], memory: 3600 },
} as const satisfies Record<string, Threshold>;
