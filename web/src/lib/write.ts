import { useMutation, type UseMutationOptions } from '@tanstack/react-query';
import { useRef } from 'react';

/**
 * A write that creates something: every attempt with the same content carries the same Idempotency-Key, so that trying
 * again after a lost answer cannot do it twice.
 */
export function useCreation<Result, Input>(
  create: (input: Input, idempotencyKey: string) => Promise<Result>,
  options: Omit<UseMutationOptions<Result, Error, Input>, 'mutationFn'> = {},
) {
  const attempt = useRef<{ content: string; key: string }>(undefined);
  return useMutation<Result, Error, Input>({
    ...options,
    mutationFn: async (input) => {
      const content = JSON.stringify(input);
      if (attempt.current?.content !== content) attempt.current = { content, key: crypto.randomUUID() };
      return create(input, attempt.current.key);
    },
  });
}
