import { ApiProperty } from '@nestjs/swagger';
import type { Locale } from '../auth/account.js';
import { messageOf, type Messages } from './messages.js';
import type { FieldFault } from './validation.js';

/** How a domain error says what it is, without knowing of HTTP. */
export type ErrorKind =
  | 'unreadable'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'precondition'
  | 'declined'
  | 'too-large'
  | 'unsupported'
  | 'unsatisfiable'
  | 'throttled'
  | 'unavailable';

/** Any error with these members is answered as a problem (structural: domains import nothing for it). */
export interface CodedError extends Error {
  code: string;
  kind: ErrorKind;
  /** Fills `{name}` in the message. */
  parameters?: Record<string, unknown>;
  /** Members added to the problem document. */
  extras?: Record<string, unknown>;
  faults?: FieldFault[];
  retryAfterSeconds?: number;
}

export const statusOf: Readonly<Record<ErrorKind, number>> = {
  unreadable: 400,
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  precondition: 412,
  declined: 402,
  'too-large': 413,
  unsupported: 415,
  unsatisfiable: 416,
  throttled: 429,
  unavailable: 503,
};

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

export class FieldProblem {
  @ApiProperty({ type: 'string' }) field!: string;
  @ApiProperty({ type: 'string' }) code!: string;
  @ApiProperty({ type: 'string' }) message!: string;
}

/** RFC 9457 problem details. */
export class Problem {
  @ApiProperty({ type: 'string', format: 'uri-reference', description: 'A page that says what the code means' })
  type!: string;
  @ApiProperty({ type: 'string' }) title!: string;
  @ApiProperty({ type: 'integer' }) status!: number;
  @ApiProperty({ type: 'string', description: 'In the language of Accept-Language' }) detail!: string;
  @ApiProperty({ type: 'string' }) code!: string;
  @ApiProperty({ type: 'string' }) instance!: string;
  @ApiProperty({ type: 'string' }) requestId!: string;
  @ApiProperty({ type: [FieldProblem], required: false }) errors?: FieldProblem[];
}

export interface ProblemContext {
  instance: string;
  requestId: string;
  locale: Locale;
  messages: Messages;
  /** Address of this installation. */
  publicUrl?: string | undefined;
}

/** The page about a code: relative to where the request went, as long as nobody says where this installation is. */
const typeOf = (code: string, publicUrl = ''): string => `${publicUrl.replace(/\/+$/, '')}/problems/${code}`;

/** A service may have its own words for one field: « role.required » goes before « required ». */
const codeFor = (messages: Messages, { field, code }: FieldFault): string =>
  messages[`${field}.${code}`] ? `${field}.${code}` : code;

/** The problem document of a code. */
export function problemOf(
  status: number,
  code: string,
  context: ProblemContext,
  error: Partial<Pick<CodedError, 'parameters' | 'extras' | 'faults' | 'retryAfterSeconds'>> = {},
): Problem & Record<string, unknown> {
  const { locale, messages } = context;
  const parameters = { seconds: error.retryAfterSeconds, ...error.parameters };
  return {
    ...error.extras,
    type: typeOf(code, context.publicUrl),
    title: titles[status] ?? 'Error',
    status,
    detail: messageOf(messages, code, locale, parameters),
    code,
    instance: context.instance,
    requestId: context.requestId,
    ...(error.faults && {
      errors: error.faults.map((fault) => ({
        field: fault.field,
        code: fault.code,
        message: messageOf(messages, codeFor(messages, fault), locale, fault.parameters),
      })),
    }),
  };
}
