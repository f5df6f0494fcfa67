import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import { ProblemError } from './problems';

/** Shows each of the server's field errors at its field; `codes` are refusals of one field that come with another status. */
export function applyFieldProblems<T extends FieldValues>(
  error: unknown,
  setError: UseFormSetError<T>,
  codes: Record<string, Path<T>> = {},
): void {
  if (!(error instanceof ProblemError)) return;
  const field = codes[error.code];
  if (field) setError(field, { type: error.code, message: error.message }, { shouldFocus: true });
  error.fields.forEach(({ field: name, message }, index) =>
    setError(name as Path<T>, { message }, { shouldFocus: index === 0 }),
  );
}

/** True when everything that is wrong is said at the fields already. */
export const hasOnlyFieldProblems = (error: unknown, codes: string[] = []): boolean =>
  error instanceof ProblemError && (error.fields.length > 0 || codes.includes(error.code));
