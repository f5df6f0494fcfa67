import { randomUUID } from 'node:crypto';

export interface ForeignEvent {
  id?: string;
  sequence?: number;
  time?: Date;
  replayed?: boolean;
  /** For whoever listens now. */
  live?: boolean;
}

/** A message as the bus has it when another service tells something; the data may break its contract. */
export function foreignEvent(
  { type }: { readonly type: string },
  subject: string,
  data: object,
  { id = randomUUID(), sequence = 1, time = new Date(), replayed = false, live = false }: ForeignEvent = {},
) {
  const body = JSON.stringify({
    specversion: '1.0',
    id,
    source: '/medflow/test',
    type,
    subject,
    time: time.toISOString(),
    datacontenttype: 'application/json',
    correlationid: 'test',
    sequence,
    ...(replayed && { replayed }),
    data,
  });
  return { id, type, subject, live, body };
}
