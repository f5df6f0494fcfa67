/** The consumer of a queue whose service does not run in a test: events leave the outbox all the same. */
export const takesAnything = { batch: 100, together: async () => undefined, alone: async () => undefined };
