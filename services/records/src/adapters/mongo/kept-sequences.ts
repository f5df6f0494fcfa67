import { careSequences } from '@medflow/care/mongo';
import type { SequenceKept } from '@medflow/messaging';
import { peopleSequences } from '@medflow/people/mongo';

/** Where the handlers of each queue note how far they are. */
export const keptSequences: readonly SequenceKept[] = [...peopleSequences('records'), ...careSequences('records')];
