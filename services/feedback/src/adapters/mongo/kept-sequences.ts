import type { SequenceKept } from '@medflow/messaging';
import { peopleSequences } from '@medflow/people/mongo';

/** Where the handlers of each queue note how far they are. */
export const keptSequences: readonly SequenceKept[] = [
  ...peopleSequences('feedback'),
  { queue: 'feedback.appointments', collection: 'visits', sequence: 'sequence' },
];
