import type { components } from '../../lib/schema';

export type Verified = components['schemas']['VerificationView'];

/** What the person is told first. */
export const outcomeOf = ({ genuine, withdrawn }: Pick<Verified, 'genuine' | 'withdrawn'>) =>
  !genuine ? 'unknown' : withdrawn ? 'withdrawn' : 'genuine';
