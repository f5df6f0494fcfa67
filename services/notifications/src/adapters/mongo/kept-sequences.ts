import type { SequenceKept } from '@medflow/messaging';
import { peopleSequences } from '@medflow/people/mongo';

/** Where the handlers of each queue note how far they are; what is told to people is in the inbox. */
export const keptSequences: readonly SequenceKept[] = peopleSequences('notifications');
