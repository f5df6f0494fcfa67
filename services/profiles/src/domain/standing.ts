import type { DoctorState } from './doctor-state.js';

/** Why a doctor is not in the directory. */
export type Obstacle = 'incomplete' | 'unverified' | 'refused' | 'account-suspended';

/**
 * What a doctor may do: see patients and be found by new ones; see those who have booked, while the profile lacks something
 * that the directory shows; or see nobody.
 */
export type Standing = 'practising' | 'hidden' | 'barred';

/** The gravest of what stands in the doctor's way; undefined: nothing does. */
export function obstacleOf(
  { accountSuspended, verification }: Pick<DoctorState, 'accountSuspended' | 'verification'>,
  lacksSomething: boolean,
): Obstacle | undefined {
  if (accountSuspended) return 'account-suspended';
  if (verification === 'refused') return 'refused';
  if (verification !== 'verified') return 'unverified';
  return lacksSomething ? 'incomplete' : undefined;
}

export function standingOf(obstacle: Obstacle | undefined): Standing {
  if (obstacle === undefined) return 'practising';
  return obstacle === 'incomplete' ? 'hidden' : 'barred';
}
