import type { SequenceKept } from '@medflow/messaging';
import { NAMES_AND_PLANS, peopleSequences } from '@medflow/people/mongo';

/** Where the handlers of each queue note how far they are. */
export const keptSequences: readonly SequenceKept[] = [
  ...peopleSequences('billing', NAMES_AND_PLANS),
  { queue: 'billing.people', from: 'profiles.doctor-', collection: 'people', sequence: 'practice.sequence' },
  { queue: 'billing.appointments', collection: 'charges', key: 'appointmentId', sequence: 'appointmentSequence' },
];
