import { topology } from '@medflow/contracts';
import { InProcessBus } from '@medflow/messaging';
import { eventually, type Identified, ServiceHarness, testDatabase } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { scheduling, writeDemoHistory } from '../src/index.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const internally = { 'x-medflow-internal': 'test-internal-token' };
const price = { amount: 60_000, currency: 'TND' };
let count = 0;
const newDoctor = (): Identified => ({ id: `doctor-${(count += 1)}`, role: 'doctor' });
const newPatient = (): Identified => ({ id: `patient-${(count += 1)}`, role: 'patient' });
const personOf = ({ id }: Identified) => ({ id, firstName: 'Amina', lastName: 'Ben Salah' });
const hoursFromNow = (hours: number) => new Date(Date.now() + hours * HOUR_MS);

interface Row {
  _id: string;
  countedOn?: string;
  [name: string]: unknown;
}

describe('figures', () => {
  let bus: InProcessBus;
  let busDatabase: Awaited<ReturnType<typeof testDatabase>>;
  let service: ServiceHarness;

  beforeAll(async () => {
    busDatabase = await testDatabase('bus');
    bus = new InProcessBus(busDatabase.client.db());
    bus.declare(topology);
    service = await ServiceHarness.start(scheduling, { kind: 'in-process', bus });
  });

  afterAll(async () => {
    await service.stop();
    bus.close();
    await busDatabase.drop();
  });

  const collection = (name: string) => service.database.client.db().collection<Row>(name);

  /** An appointment as it lies in the database. */
  async function appointment(doctor: Identified, startsAt: Date, more: object = {}): Promise<string> {
    const _id = crypto.randomUUID();
    await collection('appointments').insertOne({
      _id,
      doctor: personOf(doctor),
      patient: personOf({ id: 'patient-0', role: 'patient' }),
      startsAt,
      endsAt: new Date(startsAt.getTime() + HOUR_MS / 2),
      mode: 'video',
      price,
      bufferMinutes: 0,
      reason: null,
      status: 'accepted',
      timing: 'after-acceptance',
      policy: { cutoffHours: 24, tiers: [] },
      payment: { status: 'due', sequence: 0 },
      autoAccept: false,
      announced: true,
      createdAt: new Date(startsAt.getTime() - 3 * DAY_MS),
      version: 2,
      ...more,
    });
    return _id;
  }

  const figures = (doctor: Identified, from = '2000-01-01', to = '2199-12-31') =>
    service.call('GET', `/internal/figures/doctors/${doctor.id}?from=${from}&to=${to}`, { headers: internally });
  const daysOf = async (doctor: Identified) => (await figures(doctor)).body.days as Row[];
  const answer = (doctor: Identified, id: string, step: string, body?: object) =>
    service.call('POST', `/appointments/${id}/${step}`, { as: doctor, body });
  const livesIn = (doctor: Identified, timeZone: string) =>
    service.call('PUT', '/doctors/me/availability', { as: doctor, body: { timeZone } });

  it('count each visit once, for the doctor’s day on which it was to begin', async () => {
    const doctor = newDoctor();
    await livesIn(doctor, 'Europe/Paris');
    // The clocks go back on 25 October: midnight is at 22:00 UTC before and at 23:00 after it.
    const [saturday, sunday, late, monday] = await Promise.all(
      ['2026-10-24T21:30:00Z', '2026-10-24T22:00:00Z', '2026-10-25T22:30:00Z', '2026-10-25T23:00:00Z'].map((at) =>
        appointment(doctor, new Date(at)),
      ),
    );
    await answer(doctor, saturday!, 'complete');
    await answer(doctor, sunday!, 'complete');
    await answer(doctor, late!, 'no-show');
    await answer(doctor, monday!, 'complete');
    const nothing = { consultations: 0, noShows: 0, cancelled: 0 };
    expect((await figures(doctor)).body).toEqual({
      timeZone: 'Europe/Paris',
      days: [
        { day: '2026-10-24', ...nothing, consultations: 1, requested: 1 },
        { day: '2026-10-25', ...nothing, consultations: 1, noShows: 1, requested: 2 },
        { day: '2026-10-26', ...nothing, consultations: 1, requested: 1 },
      ],
    });
    expect((await figures(doctor, '2026-10-25', '2026-10-25')).body.days).toHaveLength(1);
  });

  it('equal a recount after many answers at the same moment, the losing ones included', async () => {
    const doctor = newDoctor();
    const past = await Promise.all(
      Array.from({ length: 20 }, (_, n) => appointment(doctor, hoursFromNow(-24 * (1 + (n % 3)) - 1))),
    );
    const coming = await Promise.all(
      Array.from({ length: 10 }, (_, n) => appointment(doctor, hoursFromNow(30 + (n % 2)), { status: 'requested' })),
    );
    const answers = await Promise.all([
      ...past.flatMap((id) => [answer(doctor, id, 'complete'), answer(doctor, id, 'no-show')]),
      ...coming.flatMap((id) => [answer(doctor, id, 'cancel', {}), answer(doctor, id, 'reject', { reason: 'Absent' })]),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(30);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(30);
    const settled = await collection('appointments').find({ 'doctor.id': doctor.id }).toArray();
    const days = await daysOf(doctor);
    for (const [name, status] of [
      ['consultations', 'completed'],
      ['noShows', 'missed'],
      ['cancelled', 'cancelled'],
    ] as const) {
      for (const { day, [name]: counted } of days)
        expect(counted).toBe(settled.filter((one) => one.status === status && one.countedOn === day).length);
    }
    expect(days.reduce((sum, { requested }) => sum + (requested as number), 0)).toBe(30);
  }, 30_000);

  it('do not count again what happens to the payment of a visit that is over, nor holds that nobody paid', async () => {
    const doctor = newDoctor();
    const held = { status: 'held', announced: false, timing: 'at-booking', holdUntil: hoursFromNow(-1), version: 1 };
    const lapsed = await appointment(doctor, hoursFromNow(5), held);
    await eventually(async () => (await collection('appointments').findOne({ _id: lapsed }))?.status === 'expired', {
      timeoutMs: 10_000,
    });
    const given = await appointment(doctor, hoursFromNow(7), { ...held, holdUntil: hoursFromNow(1) });
    const patient: Identified = { id: 'patient-0', role: 'patient' };
    expect((await service.call('POST', `/appointments/${given}/cancel`, { as: patient })).status).toBe(200);
    expect(await daysOf(doctor)).toEqual([]);
  }, 15_000);

  it('stay as they are when the doctor moves to another time zone', async () => {
    const doctor = newDoctor();
    const startsAt = new Date('2026-11-10T23:30:00Z');
    await livesIn(doctor, 'Africa/Tunis');
    await answer(doctor, await appointment(doctor, startsAt), 'complete');
    await livesIn(doctor, 'America/New_York');
    await answer(doctor, await appointment(doctor, startsAt), 'complete');
    expect((await daysOf(doctor)).map(({ day }) => day)).toEqual(['2026-11-10', '2026-11-11']);
  });

  it('are the same when they are made anew from the appointments, while others settle', async () => {
    const [doctor, other] = [newDoctor(), newDoctor()];
    await livesIn(doctor, 'Pacific/Auckland');
    const visits = Array.from({ length: 150 }, (_, n) => ({
      slot: {
        doctorId: doctor.id,
        startsAt: hoursFromNow(-5 * (n + 1)),
        endsAt: hoursFromNow(-5 * (n + 1) + 0.5),
        mode: 'video' as const,
        price,
        bufferMinutes: 0,
      },
      doctor: personOf(doctor),
      patient: personOf(newPatient()),
      outcome: (['completed', 'missed', 'cancelled', 'rejected'] as const)[n % 4]!,
    }));
    await writeDemoHistory(service.database.uri, visits);
    const live = await Promise.all(Array.from({ length: 12 }, () => appointment(other, hoursFromNow(-30))));
    await Promise.all(live.slice(0, 4).map((id) => answer(other, id, 'complete')));
    const written = await daysOf(doctor);
    expect(written.reduce((sum, { requested }) => sum + (requested as number), 0)).toBe(150);

    // As on data of before there were figures, and as after the loss of the rows alone.
    for (const lose of [
      () => collection('appointments').updateMany({}, { $unset: { countedOn: '' } }),
      () => Promise.resolve(),
    ]) {
      await collection('doctor_days').deleteMany({});
      await lose();
      const others = live.splice(4, 4);
      await service.restart();
      await Promise.all([
        ...others.map((id) => answer(other, id, 'no-show')),
        eventually(async () => (await collection('doctor_days').findOne({ _id: '#complete' })) !== null, {
          timeoutMs: 15_000,
        }),
      ]);
      expect(await daysOf(doctor)).toEqual(written);
    }
    const [day] = await daysOf(other);
    expect(day).toMatchObject({ consultations: 4, noShows: 8, requested: 12 });
  }, 30_000);

  it('are for other processes of the installation alone, and only for days that can be', async () => {
    const doctor = newDoctor();
    const path = `/internal/figures/doctors/${doctor.id}`;
    expect((await service.call('GET', `${path}?from=2026-01-01&to=2026-01-31`, { as: doctor })).status).toBe(401);
    expect((await figures(doctor, '2026-02-30', '2026-03-01')).status).toBe(422);
    const turned = await figures(doctor, '2026-03-01', '2026-02-01');
    expect(turned.body.errors).toEqual([expect.objectContaining({ field: 'to', code: 'from-after-to' })]);
    expect((await figures(doctor)).body).toEqual({ timeZone: 'Africa/Tunis', days: [] });
  });

  describe('agendas', () => {
    const agenda = (side: string, { id }: Identified) =>
      service.call('GET', `/internal/appointments/${side}/${id}/agenda`, { headers: internally });

    it('have the visits of the doctor’s day, and the requests that can still be answered', async () => {
      const doctor = newDoctor();
      // Where it is about noon now, so that some hours either way are the same day.
      const offset = 12 - new Date().getUTCHours();
      await livesIn(doctor, offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`);
      const done = await appointment(doctor, hoursFromNow(-3), { status: 'completed' });
      const next = await appointment(doctor, hoursFromNow(2));
      await appointment(doctor, hoursFromNow(3), { status: 'cancelled' });
      await appointment(doctor, hoursFromNow(4), { status: 'held', announced: false, holdUntil: hoursFromNow(1) });
      await appointment(doctor, hoursFromNow(26));
      await appointment(doctor, hoursFromNow(-26), { status: 'completed' });
      const requests: string[] = [];
      for (let n = 0; n < 7; n += 1)
        requests.push(await appointment(doctor, hoursFromNow(30 + n), { status: 'requested' }));
      const { status, body } = await agenda('doctors', doctor);
      expect(status).toBe(200);
      const ids = (items: { id: string }[]) => items.map(({ id }) => id);
      expect(ids(body.today)).toEqual([done, next]);
      expect(body.today[1]).toMatchObject({ status: 'accepted', price, payment: { status: 'due' } });
      expect(body.requests.count).toBe(7);
      expect(ids(body.requests.items)).toEqual(requests.slice(0, 5));
    });

    it('have the patient’s next visit, also one under way, and what they can pay', async () => {
      const doctor = newDoctor();
      const patient = newPatient();
      const of = (hours: number, more: object) =>
        appointment(doctor, hoursFromNow(hours), { patient: personOf(patient), ...more });
      expect((await agenda('patients', patient)).body).toEqual({ next: null, paymentsDue: [] });
      const holding = { status: 'held', announced: false, timing: 'at-booking', version: 1 };
      const unpaid = await of(-48, { status: 'completed' });
      const paid = { payment: { status: 'paid', sequence: 3 } };
      const running = await of(-0.2, paid);
      const failed = await of(20, { payment: { status: 'failed', sequence: 3 } });
      const held = await of(30, { ...holding, holdUntil: hoursFromNow(1) });
      await of(40, { ...holding, holdUntil: hoursFromNow(-1) });
      await of(50, { status: 'requested' });
      await of(60, { status: 'cancelled' });
      await of(70, { payment: { status: 'none', sequence: 0 } });
      await of(-200 * 24, { status: 'completed' });
      await of(-72, { status: 'missed' });
      const { body } = await agenda('patients', patient);
      expect(body.next.id).toBe(running);
      expect(body.paymentsDue.map(({ appointmentId }: { appointmentId: string }) => appointmentId)).toEqual([
        unpaid,
        failed,
        held,
      ]);
      expect(body.paymentsDue[2]).toEqual({
        appointmentId: held,
        amount: price,
        doctor: { ...personOf(doctor), photo: null },
        startsAt: expect.any(String),
        status: 'due',
        holdUntil: expect.any(String),
      });
      await answer(doctor, running, 'complete');
      expect((await agenda('patients', patient)).body.next.id).toBe(failed);
      expect((await service.call('GET', `/internal/appointments/patients/${patient.id}/agenda`)).status).toBe(401);
    });
  });
});
