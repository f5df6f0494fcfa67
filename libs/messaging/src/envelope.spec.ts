import { describe, expect, it } from '@jest/globals';
import { defineContract } from '@medflow/contracts';
import { Type } from 'class-transformer';
import { IsInt, IsString, ValidateNested } from 'class-validator';
import { parseEnvelope, PoisonMessage, readData, writeData } from './envelope.js';

class Price {
  @IsInt() amount: number;
}
class Booked {
  @IsString() slot: string;
  @ValidateNested() @Type(() => Price) price: Price;
}
const booked = defineContract({ type: 'tests.booked.v1', data: Booked, example: { slot: 'a', price: { amount: 1 } } });

const envelope = {
  specversion: '1.0',
  id: '0193',
  source: '/medflow/tests',
  type: booked.type,
  subject: 's',
  time: '2026-11-23T09:00:00.000Z',
  datacontenttype: 'application/json',
  correlationid: 'c',
  sequence: 3,
  data: booked.example,
};

describe('an envelope', () => {
  it('is read as it was written', () => {
    expect(parseEnvelope(Buffer.from(JSON.stringify(envelope)))).toEqual(envelope);
  });

  it.each([
    ['text', 'hello', 'not JSON'],
    ['a list', '[]', 'specversion'],
    ['null', 'null', 'not an envelope'],
    ['another version of CloudEvents', JSON.stringify({ ...envelope, specversion: '2.0' }), 'specversion'],
    ['an event without id', JSON.stringify({ ...envelope, id: '' }), 'no id'],
    ['an event with half a sequence', JSON.stringify({ ...envelope, sequence: 1.5 }), 'sequence'],
  ])('refuses %s for good', (_, body, reason) => {
    expect(() => parseEnvelope(body)).toThrow(PoisonMessage);
    expect(() => parseEnvelope(body)).toThrow(reason);
  });
});

describe('the data of an event', () => {
  it('is published only with the fields that the contract names, at any depth', () => {
    const spread = { slot: 'a', price: { amount: 1, cost: 2 } };
    expect(() => writeData(booked, spread)).toThrow('price.cost');
    expect(writeData(booked, { slot: 'a', price: { amount: 1 } })).toEqual(booked.example);
  });

  it('is read without the fields of a newer publisher', () => {
    const data = readData(booked, { slot: 'a', price: { amount: 1, net: 1 }, room: 7 });
    expect(data).toBeInstanceOf(Booked);
    expect({ ...data }).toEqual(booked.example);
  });

  it('is refused when it breaks the contract, without its values in the message', () => {
    const read = () => readData(booked, { slot: 'a', price: { amount: 'a secret' } });
    expect(read).toThrow('tests.booked.v1: price.amount: amount must be an integer number');
    expect(() => readData(booked, null)).toThrow('not an object');
  });
});
