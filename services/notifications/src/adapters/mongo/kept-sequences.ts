import type { SequenceKept } from '@medflow/messaging';

/** Where the handlers of each queue note how far they are; what is told to people is in the inbox. */
export const keptSequences: readonly SequenceKept[] = [
  { queue: 'notifications.people', from: 'identity.', collection: 'people', sequence: 'identity.sequence' },
  { queue: 'notifications.people', from: 'profiles.', collection: 'people', sequence: 'profiles.sequence' },
];
