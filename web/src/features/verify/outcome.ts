import type { Schemas } from '../../lib/api';

export type Verified = Schemas['VerificationView'];

/** What the person is told first. */
export const outcomeOf = ({ genuine, withdrawn }: Pick<Verified, 'genuine' | 'withdrawn'>) =>
  !genuine ? 'unknown' : withdrawn ? 'withdrawn' : 'genuine';
