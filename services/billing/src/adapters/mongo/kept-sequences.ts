import type { SequenceKept } from '@medflow/messaging';
import { peopleSequences } from '@medflow/people/mongo';

/** Where the handlers of each queue note how far they are. */
export const keptSequences: readonly SequenceKept[] = [
  ...peopleSequences('billing'),
  { queue: 'billing.people', from: 'profiles.doctor-', collection: 'people', sequence: 'practice.sequence' },
  { queue: 'billing.appointments', collection: 'charges', key: 'appointmentId', sequence: 'appointmentSequence' },
];
