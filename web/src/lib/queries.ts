import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from './problems';

const ATTEMPTS = 3;
const LONGEST_MS = 15_000;

export const whileAway = (_failures: number, error: Error): boolean => error instanceof ProblemError && error.isOutage;

/** While the service is away reads go on trying and pages keep what they show; of anything else they soon tell. */
export const newQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) =>
          whileAway(failures, error) ||
          (failures < ATTEMPTS - 1 && (!(error instanceof ProblemError) || error.isTemporary)),
        retryDelay: (failures) => Math.min(LONGEST_MS, 1_000 * 2 ** failures) * (1 - Math.random() / 2),
      },
      mutations: { networkMode: 'always' },
    },
  });
