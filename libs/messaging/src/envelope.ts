import type { Contract } from '@medflow/contracts';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';

/** CloudEvents 1.0 in JSON (structured mode), with the extensions that MedFlow uses. */
export interface EventEnvelope<T = unknown> {
  specversion: '1.0';
  /** The same in every delivery and every replay of the fact, so it is the key of the inbox. */
  id: string;
  /** `/medflow/<service>`. */
  source: string;
  /** `<service>.<fact>.v<major>`; also the routing key. */
  type: string;
  /** Id of the aggregate that the fact is about. */
  subject: string;
  /** ISO 8601, UTC: when it happened. */
  time: string;
  datacontenttype: 'application/json';
  correlationid: string;
  causationid?: string;
  traceparent?: string;
  /** Version of the aggregate after the fact. */
  sequence: number;
  /** Told again, perhaps long after it happened; absent the first time. */
  replayed?: boolean;
  data: T;
}

/** A message that no repetition can help: it goes straight to the dead letters. */
export class PoisonMessage extends Error {
  override readonly name = 'PoisonMessage';
}

const texts = ['id', 'source', 'type', 'subject', 'time', 'correlationid'] as const;

/**
 * Reads a message body.
 * @throws PoisonMessage when it is not JSON or not one of our envelopes.
 */
export function parseEnvelope(body: Buffer | string): EventEnvelope {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    throw new PoisonMessage('not JSON');
  }
  if (typeof value !== 'object' || value === null) throw new PoisonMessage('not an envelope');
  const envelope = value as EventEnvelope;
  if (envelope.specversion !== '1.0') throw new PoisonMessage('specversion is not 1.0');
  const missing = texts.find((field) => typeof envelope[field] !== 'string' || envelope[field] === '');
  if (missing) throw new PoisonMessage(`no ${missing}`);
  if (!Number.isSafeInteger(envelope.sequence)) throw new PoisonMessage('sequence is not an integer');
  return envelope;
}

/**
 * The data as an instance of the contract's class; fields that this version does not know are dropped, so that a newer
 * publisher may add optional ones.
 * @throws PoisonMessage naming the faults.
 */
export function readData<T extends object>(contract: Contract<T>, data: unknown): T {
  return checked(contract, data, { whitelist: true });
}

/**
 * Refuses what the contract does not name (an entity spread onto the bus, for instance) and gives plain JSON data.
 * @throws PoisonMessage naming the faults.
 */
export function writeData<T extends object>(contract: Contract<T>, data: T): object {
  const plain = JSON.parse(JSON.stringify(data)) as object;
  checked(contract, plain, { whitelist: true, forbidNonWhitelisted: true });
  return plain;
}

function checked<T extends object>(contract: Contract<T>, data: unknown, options: object): T {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new PoisonMessage(`${contract.type}: data is not an object`);
  }
  const instance = plainToInstance(contract.data, data);
  const faults = validateSync(instance, { ...options, forbidUnknownValues: true });
  if (faults.length > 0) throw new PoisonMessage(`${contract.type}: ${[...reasons(faults)].join('; ')}`);
  return instance;
}

/** Names and rules only: a value must not reach the logs. */
function* reasons(faults: ValidationError[], path = ''): Generator<string> {
  for (const { property, constraints = {}, children = [] } of faults) {
    for (const reason of Object.values(constraints)) yield `${path}${property}: ${reason}`;
    yield* reasons(children, `${path}${property}.`);
  }
}
