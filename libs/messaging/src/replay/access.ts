import { Access } from '@medflow/access';

/** Who may ask what is known of facts, and have them told again. */
export const access = new Access<{ fact: unknown }>('bus', {
  'Services may ask which of their facts never arrived.': {
    who: 'service',
    may: 'compare',
    on: 'fact',
    purpose: 'operation',
  },
  'Operators may have facts told again, by a command of this installation.': {
    who: 'service',
    may: 'replay',
    on: 'fact',
    purpose: 'operation',
  },
});
