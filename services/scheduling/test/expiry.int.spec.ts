import { BackgroundWorks } from '@medflow/service-kit';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ExpireRequestsHandler } from '../src/application/expire-requests.js';
import { Appointment } from '../src/domain/appointment.js';
import { Appointments } from '../src/domain/appointments.js';
import { defaultCancellation } from '../src/domain/cancellation-policy.js';
import { DAY_MS, MINUTE_MS, minutesAfter } from '../src/domain/values.js';
import { type Replica, Replicas } from './replicas.js';

const COUNT = 200;
const BATCH = 50;
const person = { firstName: 'Amina', lastName: 'Ben Salah' };
const price = { amount: 60_000, currency: 'TND' };

describe('what nobody paid or answered', () => {
  let replicas: Replicas;
  /** Ids of what each replica expired. */
  let expired: string[][];
  beforeAll(async () => {
    replicas = await Replicas.start('expiry', 2);
    for (const [n, replica] of replicas.all.entries()) {
      // They sweep when they are told to.
      await replica.get(BackgroundWorks).onModuleDestroy();
      const appointments = replica.get(Appointments);
      const update = appointments.update.bind(appointments);
      appointments.update = (id, ...rest) => {
        expired[n]!.push(id);
        return update(id, ...rest);
      };
    }
  }, 60_000);
  afterAll(() => replicas.stop(), 60_000);
  beforeEach(() => {
    expired = [[], []];
  });

  /** Booked a day ago, for long ago or to be paid long ago; with nobody else's time in their way. */
  async function over(payment: 'at-booking' | 'after-acceptance', count = COUNT): Promise<string[]> {
    const bookedAt = new Date(Date.now() - DAY_MS);
    const rows = Array.from({ length: count }, (_, n) => {
      const id = crypto.randomUUID();
      const startsAt = new Date(Date.now() + (payment === 'at-booking' ? DAY_MS : -n * MINUTE_MS));
      const slot = { doctorId: id, startsAt, endsAt: minutesAfter(startsAt, 30), mode: 'video', price } as const;
      const terms = { payment, autoAccept: false, cancellation: defaultCancellation, holdMinutes: 10 };
      const booking = { id, slot: { ...slot, bufferMinutes: 0 }, terms, reason: null };
      const people = { doctor: { id, ...person }, patient: { id: `patient-${id}`, ...person } };
      const { id: _id, ...state } = Appointment.book({ ...booking, ...people }, bookedAt).state;
      return { _id, ...state };
    });
    await replicas.collection('appointments').insertMany(rows);
    return rows.map(({ _id }) => _id).sort();
  }
  const countOf = (status: string) => replicas.collection('appointments').countDocuments({ status } as never);

  it.each([
    ['holds', 'at-booking', 'held', (handler: ExpireRequestsHandler) => handler.expireHolds()],
    ['requests', 'after-acceptance', 'requested', (handler: ExpireRequestsHandler) => handler.expireUnanswered()],
  ] as const)('expires once, however many replicas there are: %s', async (_, payment, status, expire) => {
    const ids = await over(payment);
    const before = await countOf('expired');
    const sweep = async (replica: Replica) => {
      for (let next: Date | undefined = new Date(0); next && next <= new Date();)
        next = await expire(replica.get(ExpireRequestsHandler));
    };
    await Promise.all(replicas.all.map(sweep));
    expect([await countOf(status), (await countOf('expired')) - before]).toEqual([0, COUNT]);
    expect(expired.flat().sort()).toEqual(ids);
    for (const mine of expired) expect(mine.length).toBeGreaterThanOrEqual(BATCH / 2);
    expect(await replicas.collection('appointments').countDocuments({ expiry: { $exists: true } } as never)).toBe(0);
  });

  it('tells once that a proposal has lapsed, however many replicas there are, and leaves the visit as it is', async () => {
    const ids = await over('after-acceptance', 30);
    const appointments = replicas.collection('appointments');
    const startsAt = new Date(Date.now() + DAY_MS);
    const until = new Date(Date.now() - MINUTE_MS);
    const proposal = {
      startsAt: until,
      endsAt: minutesAfter(until, 30),
      mode: 'video',
      price,
      bufferMinutes: 0,
      until,
    };
    const accepted = { status: 'accepted', startsAt, endsAt: minutesAfter(startsAt, 30), proposal, version: 3 };
    await appointments.updateMany({ _id: { $in: ids } } as never, { $set: accepted as never });
    const sweeps = [0, 1, 0, 1].map((n) => replicas.all[n]!.get(ExpireRequestsHandler).expireProposals());
    await Promise.all(sweeps);
    const rows = await appointments.find({ _id: { $in: ids } } as never).toArray();
    expect(expired.flat().sort()).toEqual(ids);
    for (const row of rows)
      expect(row).toMatchObject({ status: 'accepted', version: 4, startsAt, lastFact: { name: 'reschedule-lapsed' } });
    expect(rows.filter((row) => 'proposal' in row || 'expiry' in row)).toEqual([]);
    const told = replicas.collection('outbox').find({ subject: { $in: ids } } as never);
    expect(await told.toArray()).toHaveLength(ids.length);
  });

  it('expires by another replica where one died at it', async () => {
    const ids = await over('at-booking', 3);
    const [dead, living] = replicas.all as [Replica, Replica];
    const until = new Date(Date.now() + 1_500);
    const { appointments } = await dead.get(Appointments).claimLapsedHolds(new Date(), until, BATCH);
    expect(appointments).toHaveLength(3);
    await living.get(ExpireRequestsHandler).expireHolds();
    expect(expired).toEqual([[], []]);
    await eventually(async () => {
      await living.get(ExpireRequestsHandler).expireHolds();
      return expired[1]!.length === 3;
    });
    expect([expired[1]!.sort(), new Date() >= until]).toEqual([ids, true]);
  });
});
