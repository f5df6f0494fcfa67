import { useMutation, type UseMutationOptions } from '@tanstack/react-query';
import { useState } from 'react';

/**
 * The Idempotency-Key of what a person wants: the same for every request with the same content, so that trying again after
 * a lost answer cannot do it twice.
 */
export class IntentionKey {
  private open: { content: string; key: string } | undefined;

  for(content: string): string {
    if (this.open?.content !== content) this.open = { content, key: crypto.randomUUID() };
    return this.open.key;
  }

  /** It is known what came of it: the same once more would be another wish. */
  settled(): void {
    this.open = undefined;
  }
}

/** A write that creates something: every attempt with the same content carries the same Idempotency-Key. */
export function useCreation<Result, Input>(
  create: (input: Input, idempotencyKey: string) => Promise<Result>,
  options: Omit<UseMutationOptions<Result, Error, Input>, 'mutationFn'> = {},
) {
  const [key] = useState(() => new IntentionKey());
  return useMutation<Result, Error, Input>({
    ...options,
    mutationFn: async (input) => create(input, key.for(JSON.stringify(input))),
  });
}

/**
 * For `onSettled`: what the write changes is read again, and waited for where the write succeeded. One that failed is told
 * at once: reads may wait long for a service that is away.
 */
export const readAgain =
  (read: () => Promise<unknown>) =>
  (_result: unknown, error: unknown): Promise<unknown> | undefined => {
    const done = read();
    return error ? undefined : done;
  };
