import { appointmentAcceptedV1 } from '@medflow/contracts';
import { OwnedIds } from '@medflow/service-kit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { type Visit, BillingFixture } from './billing-fixture.js';

/** As scheduling makes them in this installation. */
const ids = new OwnedIds({ internalToken: 'test-internal-token' });
const QUICK_MS = 1_500;

let fixture: BillingFixture;
beforeAll(async () => {
  fixture = await BillingFixture.start();
});
afterAll(() => fixture.stop());

/** An appointment that the patient has made and of which nobody has told yet. */
async function unheard(): Promise<Visit> {
  const [patient, doctor] = [await fixture.person('patient'), await fixture.person('doctor')];
  return { appointmentId: ids.next(patient.id), patient, doctor };
}

const isQuick = async (work: Promise<unknown>) => {
  const at = performance.now();
  await work;
  return performance.now() - at < QUICK_MS;
};

describe('a payment for what is not known yet', () => {
  it('waits for the word of the appointment that its patient has just made', async () => {
    const visit = await unheard();
    const paid = fixture.pay(visit);
    await fixture.publish(appointmentAcceptedV1, visit.appointmentId, fixture.factOf(visit), 2);
    expect((await paid).body).toMatchObject({ status: 'paid' });
  });

  it('waits for nothing else: somebody else’s and nobody’s are told at once, and alike', async () => {
    const [{ patient }, foreign] = [await unheard(), await fixture.accepted()];
    const told = async (appointmentId: string) => {
      const operations: string[] = [];
      // The jobs run beside: only what a payment reads of charges counts.
      mongoose.set('debug', (collection: string, operation: string, filter: object) => {
        if ('appointmentId' in filter) operations.push(`${collection}.${operation}`);
      });
      const at = performance.now();
      const { status, body } = await fixture.pay({ ...foreign, appointmentId, patient });
      const quick = performance.now() - at < QUICK_MS;
      mongoose.set('debug', false);
      return { status, quick, operations, problem: { ...body, requestId: '' } };
    };
    const answers = [];
    for (const id of [foreign.appointmentId, ids.next(foreign.patient.id), crypto.randomUUID(), 'nothing'])
      answers.push(await told(id));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ status: 404, quick: true, operations: ['charges.findOne'] });
  });

  it('waits ten times at once for one account and no more', async () => {
    const { patient, doctor } = await unheard();
    const quick = await Promise.all(
      Array.from({ length: 20 }, () => isQuick(fixture.pay({ appointmentId: ids.next(patient.id), patient, doctor }))),
    );
    expect(quick.filter((is) => !is)).toHaveLength(10);
  });
});
