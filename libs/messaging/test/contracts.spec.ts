import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Contract, contracts } from '@medflow/contracts';
import { IsInt, IsOptional, IsString } from 'class-validator';
import { writeData } from '../src/envelope.js';

type Examples = Record<string, object>;

const frozen = JSON.parse(
  readFileSync(new URL('../../contracts/frozen-examples.json', import.meta.url), 'utf8'),
) as Examples;

/** What is wrong with these contracts, seen from events that were published under them before. */
function faults(released: Examples, now: readonly Contract[]): string[] {
  const found: string[] = [];
  for (const [type, example] of Object.entries(released)) {
    const contract = now.find((candidate) => candidate.type === type);
    if (!contract) {
      found.push(`${type} has vanished`);
      continue;
    }
    if (JSON.stringify(contract.example) !== JSON.stringify(example)) found.push(`the example of ${type} was edited`);
    try {
      writeData(contract, example);
    } catch (error) {
      found.push(String(error));
    }
  }
  for (const { type } of now) if (!released[type]) found.push(`${type} is not frozen: npm run asyncapi`);
  return found;
}

describe('the contracts', () => {
  it('still accept every event that was ever released, field by field', () => {
    expect(faults(frozen, contracts)).toEqual([]);
  });

  it('carry no e-mail address and no secret', () => {
    for (const { type, example } of contracts) {
      expect(`${type} ${JSON.stringify(example)}`).not.toMatch(/@|password|secret|token|email/i);
    }
  });
});

describe('the watch over contracts', () => {
  class Before {
    @IsString() name: string;
    @IsOptional() @IsString() note?: string;
  }
  const example = { name: 'a', note: 'b' };
  const contract = (data: new () => object, shown: object = example): Contract => ({
    type: 'tests.named.v1',
    data,
    example: shown,
    live: false,
  });
  const check = (...now: Contract[]) => faults({ 'tests.named.v1': example }, now);

  it('lets a contract gain an optional field', () => {
    class After extends Before {
      @IsOptional() @IsInt() age?: number;
    }
    expect(check(contract(After))).toEqual([]);
  });

  it('notices a removed field, a new required one, a changed type, an edited example and a vanished type', () => {
    class Removed {
      @IsString() name: string;
    }
    class Required extends Before {
      @IsInt() age: number;
    }
    class Retyped {
      @IsInt() name: number;
      @IsString() note: string;
    }
    expect(check(contract(Removed))).toEqual([expect.stringContaining('note')]);
    expect(check(contract(Required))).toEqual([expect.stringContaining('age')]);
    expect(check(contract(Retyped))).toEqual([expect.stringContaining('name')]);
    expect(check(contract(Before, { name: 'b' }))).toEqual(['the example of tests.named.v1 was edited']);
    expect(check()).toEqual(['tests.named.v1 has vanished']);
  });
});
