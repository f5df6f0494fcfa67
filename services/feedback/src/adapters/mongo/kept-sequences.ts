import type { SequenceKept } from '@medflow/messaging';
import { NAMES_AND_PLANS, peopleSequences } from '@medflow/people/mongo';

/** Where the handlers of each queue note how far they are. */
export const keptSequences: readonly SequenceKept[] = [
  ...peopleSequences('feedback', NAMES_AND_PLANS),
  { queue: 'feedback.appointments', collection: 'visits', sequence: 'sequence' },
];
