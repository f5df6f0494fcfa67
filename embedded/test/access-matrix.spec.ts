import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Access, type AnyAccess, type Policy } from '@medflow/access';
import { billing } from '@medflow/billing';
import { consultations } from '@medflow/consultations';
import { feedback } from '@medflow/feedback';
import { gateway } from '@medflow/gateway';
import { identity } from '@medflow/identity';
import { notifications } from '@medflow/notifications';
import { profiles } from '@medflow/profiles';
import { records } from '@medflow/records';
import { scheduling } from '@medflow/scheduling';
import { describe, expect, it } from '@jest/globals';
import { expected } from './access-expected.js';
import { operationsOf, policyFaults } from './access-verdicts.js';

const root = join(import.meta.dirname, '../..');
const operations = operationsOf(JSON.parse(readFileSync(join(root, 'gateway/openapi.json'), 'utf8')));
const policies: Record<string, AnyAccess> = Object.fromEntries(
  [identity, profiles, scheduling, billing, notifications, feedback, records, consultations, gateway].map(
    ({ options: { name, access } }) => [name, access!],
  ),
);

type AnyPolicy = Policy<Record<string, unknown>>;
interface Planted {
  service: string;
  sentence: string;
  /** What takes the policy's place; undefined: nothing does. */
  instead: AnyPolicy | undefined;
}

function faultsWith({ service, sentence, instead }: Planted): string[] {
  const rules = policies[service]!.rules as readonly (AnyPolicy & { sentence: string })[];
  const planted = rules.flatMap(({ sentence: own, ...policy }) => {
    const taken = own === sentence ? instead : policy;
    return taken ? [[own, taken as AnyPolicy] as const] : [];
  });
  const access = new Access<Record<string, unknown>>(service, Object.fromEntries(planted));
  return policyFaults({ ...policies, [service]: access }, operations, expected);
}

/** The policies of one service in which one is too wide, or is not there. */
function plantedIn(service: string): Planted[] {
  const rules = policies[service]!.rules as readonly (AnyPolicy & { sentence: string })[];
  return rules.flatMap(({ sentence, ...policy }) => {
    const { relation: _, ...unrelated } = policy;
    const { provided: __, ...unconditional } = policy;
    return [
      { service, sentence, instead: { ...policy, who: 'signed-in' } },
      { service, sentence, instead: { ...policy, who: 'anyone' } },
      { service, sentence, instead: unrelated },
      { service, sentence, instead: unconditional },
    ].filter(({ instead }) => JSON.stringify(instead) !== JSON.stringify(policy)) as Planted[];
  });
}

describe('the policies', () => {
  it('say of every operation and everybody what is expected', () => {
    expect(policyFaults(policies, operations, expected)).toEqual([]);
  });

  it('must speak of every operation, and nothing is expected of one that is not there', () => {
    const [first, ...others] = operations;
    expect(policyFaults(policies, others, expected)).toEqual([`${first!.name}: no such operation`]);
    const unknown = { ...first!, name: 'GET /secrets' };
    expect(policyFaults(policies, [...operations, unknown], expected)).toEqual([
      'GET /secrets: nobody has written down who may',
    ]);
  });

  it('are found out when one of them lets in whom it should not', () => {
    const planted: Planted[] = [
      {
        service: 'scheduling',
        sentence: 'A doctor may accept appointments with them while they may see patients.',
        instead: { who: 'doctor', may: 'accept', on: 'appointment', purpose: 'care' },
      },
      {
        service: 'identity',
        sentence: 'An administrator may find, suspend and reinstate accounts.',
        instead: {
          who: ['admin', 'doctor'],
          may: ['find', 'suspend', 'reinstate'],
          on: 'account',
          purpose: 'administration',
        },
      },
    ];
    expect(faultsWith(planted[0]!)).toEqual([
      'POST /appointments/{id}/accept, other doctor: in instead of 404 not-found',
      'POST /appointments/{id}/accept, refused doctor: in instead of 403 not-practising',
    ]);
    expect(faultsWith(planted[1]!)).toHaveLength(3 * 3);
  });

  it.each(Object.keys(policies))('of %s: each is found out when it is made wider', (service) => {
    // What no public operation does, or what anybody may, cannot be made wider here.
    const isPublic = ({ instead }: Planted) =>
      operations.some(
        (one) =>
          one.service === service &&
          instead &&
          one.resource === instead.on &&
          [instead.may].flat().includes(one.action),
      );
    const missed = plantedIn(service)
      .filter(isPublic)
      .filter((one) => faultsWith(one).length === 0);
    expect(missed.map(({ sentence, instead }) => `${sentence} ${JSON.stringify(instead)}`)).toEqual([]);
  });
});
