/** What was sent is no Bundle that can be imported; nothing of it was. */
export class InvalidBundle extends Error {
  readonly code = 'validation-failed';
  readonly kind = 'invalid';
  readonly faults: { field: string; code: string; max?: number }[];

  /** @param max where the code speaks of a limit */
  constructor(field: string, code: string, max?: number) {
    super(`${field}: ${code}`);
    this.faults = [{ field, code, ...(max !== undefined && { max }) }];
  }
}
