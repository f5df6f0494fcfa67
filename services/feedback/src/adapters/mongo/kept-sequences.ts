import type { SequenceKept } from '@medflow/messaging';

/** Where the handlers of each queue note how far they are. */
export const keptSequences: readonly SequenceKept[] = [
  { queue: 'feedback.people', from: 'identity.', collection: 'people', sequence: 'identity.sequence' },
  { queue: 'feedback.people', from: 'profiles.', collection: 'people', sequence: 'profiles.sequence' },
  { queue: 'feedback.appointments', collection: 'visits', sequence: 'sequence' },
];
