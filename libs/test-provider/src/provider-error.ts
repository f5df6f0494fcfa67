/** An error as Stripe answers it: a status and `{ error: { type, code, … } }`. */
export class ProviderError extends Error {
  constructor(
    readonly status: number,
    readonly body: {
      type: 'card_error' | 'invalid_request_error' | 'idempotency_error' | 'api_error';
      code?: string;
      decline_code?: string;
      message: string;
      param?: string;
      payment_intent?: unknown;
      setup_intent?: unknown;
      payment_method?: unknown;
    },
  ) {
    super(body.message);
  }
}

export const invalid = (message: string, param?: string, code?: string): ProviderError =>
  new ProviderError(400, {
    type: 'invalid_request_error',
    message,
    ...(param !== undefined && { param }),
    ...(code !== undefined && { code }),
  });

export const missing = (param: string): ProviderError =>
  invalid(`Missing required param: ${param}.`, param, 'parameter_missing');

export const unknown = (kind: string, id: string, param = 'id'): ProviderError =>
  new ProviderError(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind}: '${id}'`,
    param,
  });

export const unexpectedState = (intent: 'payment_intent' | 'setup_intent', message: string): ProviderError =>
  invalid(message, undefined, `${intent}_unexpected_state`);
