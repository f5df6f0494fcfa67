import { appointmentHeldV1, appointmentRequestedV1 } from '@medflow/contracts';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BillingFixture } from './billing-fixture.js';

let fixture: BillingFixture;
beforeAll(async () => {
  fixture = await BillingFixture.start();
});
afterAll(() => fixture.stop());

describe('a charge that this process has saved a moment ago', () => {
  it('is read again where another process has changed it since', async () => {
    const [patient, doctor] = [await fixture.person('patient'), await fixture.person('doctor')];
    const visit = { appointmentId: crypto.randomUUID(), patient, doctor };
    const data = fixture.factOf(visit, { payment: 'at-booking' });
    const holdUntil = new Date(Date.now() + 600_000).toISOString();
    await fixture.publish(appointmentHeldV1, visit.appointmentId, { ...data, holdUntil }, 1);
    await eventually(async () => (await fixture.collection('charges').countDocuments()) === 1);
    const { body } = await fixture.pay(visit);
    expect(body.status).toBe('authorised');
    // As another replica would.
    const fee = 17;
    const change = { $inc: { version: 5 }, $set: { fee } };
    await fixture.collection('charges').updateOne({ _id: body.id }, change as never);
    await fixture.publish(appointmentRequestedV1, visit.appointmentId, data, 2);
    const charge = await eventually(async () => {
      const found = await fixture.collection('charges').findOne({ _id: body.id });
      return found?.appointment === 'requested' && found;
    });
    expect(charge).toMatchObject({ fee, version: body.version + 6, status: 'authorised' });
  });
});
