import type { SequenceKept } from '@medflow/messaging';

/** Where the handlers of each queue note how far they are. */
export const keptSequences: readonly SequenceKept[] = [
  { queue: 'billing.people', from: 'identity.', collection: 'people', sequence: 'identity.sequence' },
  { queue: 'billing.people', from: 'profiles.', collection: 'people', sequence: 'profiles.sequence' },
  { queue: 'billing.people', from: 'profiles.doctor-', collection: 'people', sequence: 'practice.sequence' },
  { queue: 'billing.appointments', collection: 'charges', key: 'appointmentId', sequence: 'appointmentSequence' },
];
