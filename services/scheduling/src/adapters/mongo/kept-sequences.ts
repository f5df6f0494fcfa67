import type { SequenceKept } from '@medflow/messaging';

/** Where the handlers of each queue note how far they are. */
export const keptSequences: readonly SequenceKept[] = [
  { queue: 'scheduling.doctors', collection: 'doctors', sequence: 'profileSequence' },
  { queue: 'scheduling.patients', collection: 'patients', sequence: 'sequence' },
  {
    queue: 'scheduling.payments',
    collection: 'appointments',
    sequence: 'payment.sequence',
    keyOf: ({ data }) => (data as { appointmentId: string }).appointmentId,
  },
];
