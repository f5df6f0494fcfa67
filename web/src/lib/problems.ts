export interface FieldProblem {
  field: string;
  code: string;
  message: string;
}

/** A refusal of the server (RFC 9457), or `offline` when it could not be reached. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: readonly FieldProblem[] = [],
    readonly extras: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }

  /** True when trying again may help. */
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** True while the service, or what it needs, is away: it comes back by itself. */
  get isOutage(): boolean {
    return this.status === 0 || this.code === 'service-unavailable' || [502, 504].includes(this.status);
  }
}

/** What `openapi-fetch` gives as error, as a {@link ProblemError}. */
export function problemOf(response: Response | undefined, body: unknown): ProblemError {
  if (!response) return new ProblemError(0, 'offline', '');
  const problem = (typeof body === 'object' && body !== null ? body : {}) as {
    code?: string;
    detail?: string;
    errors?: FieldProblem[];
  } & Record<string, unknown>;
  return new ProblemError(
    response.status,
    problem.code ?? 'internal-error',
    problem.detail ?? '',
    problem.errors ?? [],
    problem,
  );
}
