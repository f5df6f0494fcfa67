import type { Contract } from '@medflow/contracts';
import { correlation } from '@medflow/service-kit';
import { v5 as uuidv5 } from 'uuid';
import { type EventEnvelope, writeData } from './envelope.js';

/** A fact to publish; the rest of the envelope is filled in. */
export interface OutgoingEvent<T extends object = object> {
  contract: Contract<T>;
  /** Id of the aggregate. */
  subject: string;
  /** Version of the aggregate after the fact. */
  sequence: number;
  data: T;
  /** When it happened; default now. */
  time?: Date;
}

/** Of all ids of facts; never to be changed. */
const FACTS = '6f1b2c7e-4d0a-5b8e-9c3f-2a7d1e5b9f04';

/** The same for the same fact, however often it is told. */
export const eventId = (type: string, subject: string, sequence: number): string =>
  uuidv5(`${type}|${subject}|${sequence}`, FACTS);

/** @throws PoisonMessage when the data breaks its contract or has a field more */
export function envelopeOf(service: string, event: OutgoingEvent, replayed = false): EventEnvelope {
  const { contract, subject, sequence, data, time = new Date() } = event;
  const context = correlation.current();
  const id = eventId(contract.type, subject, sequence);
  return {
    specversion: '1.0',
    id,
    source: `/medflow/${service}`,
    type: contract.type,
    subject,
    time: time.toISOString(),
    datacontenttype: 'application/json',
    correlationid: context?.correlationId ?? id,
    ...(context?.causationId && { causationid: context.causationId }),
    ...(context?.traceparent && { traceparent: context.traceparent }),
    sequence,
    ...(replayed && { replayed }),
    data: writeData(contract, data),
  };
}
