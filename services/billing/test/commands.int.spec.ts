import { appointmentHeldV1, appointmentRequestedV1 } from '@medflow/contracts';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import mongoose from 'mongoose';
import { StripeProvider } from '../src/adapters/stripe/stripe-provider.js';
import { BillingFixture, type Visit } from './billing-fixture.js';

/** Drivers tell of their commands where the connection string says so. */
process.env.MONGODB_URI += `${process.env.MONGODB_URI!.includes('?') ? '&' : '?'}monitorCommands=true`;

interface CommandStarted {
  commandName: string;
  databaseName: string;
  command: Record<string, unknown>;
}

const VISITS = 10;

let fixture: BillingFixture;
let commands: string[] = [];
beforeAll(async () => {
  fixture = await BillingFixture.start();
  const { emit } = mongoose.mongo.MongoClient.prototype;
  jest.spyOn(mongoose.mongo.MongoClient.prototype, 'emit').mockImplementation(function (
    this: mongoose.mongo.MongoClient,
    ...args: unknown[]
  ) {
    const [name, event] = args as [string, CommandStarted];
    if (name === 'commandStarted' && isOurs(event)) commands.push(nameOf(event));
    return Reflect.apply(emit, this, args) as boolean;
  });
});
afterAll(async () => {
  jest.restoreAllMocks();
  await fixture.stop();
});

/** A write over collections is sent to no database of its own. */
const isOurs = ({ commandName, databaseName }: CommandStarted): boolean =>
  databaseName === fixture.databaseName || commandName === 'bulkWrite';

const nameOf = ({ commandName, command }: CommandStarted): string =>
  typeof command[commandName] === 'string' ? `${commandName} ${command[commandName]}` : commandName;

async function held(visit: Visit): Promise<void> {
  const data = {
    ...fixture.factOf(visit, { payment: 'at-booking' }),
    holdUntil: new Date(Date.now() + 600_000).toISOString(),
  };
  await fixture.publish(appointmentHeldV1, visit.appointmentId, data, 1);
}

/** What is counted settles first: the relay and the work that looks for more take no part in it. */
const ofBilling = () => commands.filter((name) => !/outbox|getMore|hello|ping|endSessions|leases/.test(name));

describe('a slot that is held and paid', () => {
  it('costs billing few commands, and one call of the provider for the payment', async () => {
    const [patient, doctor] = [await fixture.person('patient'), await fixture.person('doctor')];
    const visits = Array.from({ length: VISITS + 1 }, () => ({ appointmentId: crypto.randomUUID(), patient, doctor }));
    for (const visit of visits) await held(visit);
    await eventually(async () => (await fixture.collection('charges').countDocuments()) === visits.length);
    // The first makes the patient known to the provider.
    expect((await fixture.pay(visits[0]!)).body.status).toBe('authorised');
    const calls = (['createPayment', 'confirm', 'read', 'findIntent'] as const).map(
      (name) => [name, jest.spyOn(StripeProvider.prototype, name)] as const,
    );
    commands = [];
    for (const visit of visits.slice(1)) {
      expect((await fixture.pay(visit)).body.status).toBe('authorised');
      const fact = fixture.factOf(visit, { payment: 'at-booking' });
      await fixture.publish(appointmentRequestedV1, visit.appointmentId, fact, 2);
    }
    await eventually(async () => {
      const requested = await fixture.collection('charges').countDocuments({ appointment: 'requested' });
      return requested === VISITS && (await known()) >= VISITS;
    });
    expect(calls.map(([name, call]) => [name, call.mock.calls.length])).toEqual([
      ['createPayment', VISITS],
      ['confirm', 0],
      ['read', 0],
      ['findIntent', 0],
    ]);
    const each = ofBilling().length / VISITS;
    expect(each).toBeGreaterThan(5);
    expect(each).toBeLessThanOrEqual(9);
  }, 60_000);

  const known = async () => {
    const metrics = await (await fetch(`${fixture.service.url}/metrics`)).text();
    return Number(/medflow_billing_webhooks_total\{outcome="known"\} (\d+)/.exec(metrics)?.[1] ?? 0);
  };
});
