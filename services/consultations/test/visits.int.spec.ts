import { createHmac } from 'node:crypto';
import { appointmentAcceptedV1, appointmentCompletedV1 } from '@medflow/contracts';
import { type Answer, heldFacts, type Identified } from '@medflow/testing';
import { consultations } from '../src/index.js';
import { newDoctor, newPatient, VisitsHarness } from './harness.js';

const turn = { MEDFLOW_TURN_URLS: 'turn:relay.test:3478?transport=udp', MEDFLOW_TURN_SECRET: 'shared' };

let harness: VisitsHarness;
beforeAll(async () => {
  harness = await VisitsHarness.start(turn);
});
afterAll(() => harness.stop());

const seatOf = ({ body }: Answer, role: string) => body.participants.find((one: { role: string }) => one.role === role);

describe('a visit by video', () => {
  it('is seen by its two, each as themselves', async () => {
    const visit = await harness.visit();
    const { status, body } = await harness.step(visit, visit.patient);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      appointmentId: visit.id,
      state: 'waiting',
      self: visit.patient.id,
      startsAt: visit.data.startsAt,
      consent: { required: true, recorded: false, version: expect.any(String) },
      relay: true,
    });
    expect(Date.parse(body.startsAt) - Date.parse(body.opensAt)).toBe(15 * 60_000);
    expect(seatOf({ body } as Answer, 'doctor')).toMatchObject({
      name: 'Karim Trabelsi',
      state: 'invited',
      online: false,
    });
    const doctors = await harness.step(visit, visit.doctor);
    expect(doctors.body).toMatchObject({ self: visit.doctor.id, consent: { required: false } });
  });

  it('mints credentials of the relay for each and for an hour, as coturn takes them', async () => {
    const visit = await harness.visit();
    const { body } = await harness.step(visit, visit.patient);
    const [{ urls, username, credential }] = body.iceServers;
    expect(urls).toEqual([turn.MEDFLOW_TURN_URLS]);
    const [expiry, id] = username.split(':');
    expect(id).toBe(visit.patient.id);
    expect(Math.abs(Number(expiry) - Date.now() / 1000 - 3600)).toBeLessThan(10);
    expect(credential).toBe(createHmac('sha1', turn.MEDFLOW_TURN_SECRET).update(username).digest('base64'));
  });

  it('goes from the waiting room to the call, and only the doctor ends it', async () => {
    const visit = await harness.waiting();
    expect(seatOf(await harness.step(visit, visit.patient), 'patient').state).toBe('waiting');
    await harness.step(visit, visit.doctor, 'join', { device: 'desk' });
    expect((await harness.step(visit, visit.patient, 'admit')).status).toBe(403);
    const admitted = await harness.step(visit, visit.doctor, 'admit');
    expect([admitted.status, admitted.body.state]).toEqual([200, 'live']);
    // A call that breaks, a page that is closed: nothing ends.
    expect((await harness.step(visit, visit.patient, 'leave')).body.state).toBe('live');
    expect((await harness.step(visit, visit.doctor, 'leave')).body.state).toBe('live');
    // Back without knocking.
    const back = await harness.step(visit, visit.patient, 'join', { device: 'phone' });
    expect(seatOf(back, 'patient').state).toBe('admitted');
    expect((await harness.step(visit, visit.patient, 'finish')).status).toBe(403);
    const finished = await harness.step(visit, visit.doctor, 'finish', { summary: 'ignored' });
    expect([finished.status, finished.body.state, finished.body.iceServers]).toEqual([200, 'finished', []]);
    expect((await harness.step(visit, visit.doctor, 'finish')).body.state).toBe('finished');
    const late = await harness.step(visit, visit.patient, 'join', { device: 'phone' });
    expect([late.status, late.body.code]).toEqual([409, 'visit-finished']);
    const [event, ...others] = await harness.of(visit, 'consultation-finished');
    expect(others).toEqual([]);
    expect(event!.data).toEqual({
      appointmentId: visit.id,
      doctorId: visit.doctor.id,
      patientId: visit.patient.id,
      startedAt: expect.any(String),
      finishedAt: expect.any(String),
    });
  });

  it('is ended as unsuitable by its doctor alone, which both read, also once it is called off for that', async () => {
    const visit = await harness.live();
    expect((await harness.step(visit, visit.patient, 'finish', { unsuitable: true })).status).toBe(403);
    expect((await harness.step(visit, newDoctor(), 'finish', { unsuitable: true })).status).toBe(404);
    const odd = await harness.step(visit, visit.doctor, 'finish', { unsuitable: 'yes' });
    expect([odd.status, odd.body.errors[0].field]).toEqual([422, 'unsuitable']);
    const finished = await harness.step(visit, visit.doctor, 'finish', { unsuitable: true });
    expect([finished.status, finished.body.state, finished.body.outcome]).toEqual([200, 'finished', 'unsuitable']);
    await harness.cancelled(visit);
    const again = await harness.step(visit, visit.doctor, 'finish', { unsuitable: true });
    expect([again.status, again.body.outcome]).toEqual([200, 'unsuitable']);
    for (const as of [visit.patient, visit.doctor])
      expect((await harness.step(visit, as)).body).toMatchObject({ state: 'finished', outcome: 'unsuitable' });
    expect((await harness.step(visit, visit.patient, 'join', { device: 'phone' })).body.code).toBe('visit-finished');
    const events = await harness.of(visit, 'consultation-finished');
    expect(events.map(({ data }) => data.unsuitable)).toEqual([true]);
    // And so it is told again.
    const held = await heldFacts(consultations, { mongoUri: harness.service.database.uri });
    expect(held.find(({ subject }) => subject === visit.id)?.data).toEqual(events[0]!.data);
  });

  it('is ended as unsuitable also before anybody was let in, but not before its room opens', async () => {
    const waiting = await harness.waiting();
    const finished = await harness.step(waiting, waiting.doctor, 'finish', { unsuitable: true });
    expect(finished.body).toMatchObject({ state: 'finished', outcome: 'unsuitable' });
    const [event] = await harness.of(waiting, 'consultation-finished');
    expect([event!.data.unsuitable, event!.data.startedAt]).toEqual([true, undefined]);
    const later = await harness.visit(20);
    const early = await harness.step(later, later.doctor, 'finish', { unsuitable: true });
    expect([early.status, early.body.code]).toEqual([409, 'too-early']);
  });

  it('is not unsuitable any more once it ended, or its appointment is completed, and is paid for', async () => {
    const [ended, completed] = [await harness.live(), await harness.live()];
    expect((await harness.step(ended, ended.doctor, 'finish')).body.state).toBe('finished');
    await harness.deliver(appointmentCompletedV1, completed.id, completed.data, { sequence: 3 });
    for (const visit of [ended, completed]) {
      const late = await harness.step(visit, visit.doctor, 'finish', { unsuitable: true });
      expect([late.status, late.body.code]).toEqual([409, 'visit-finished']);
    }
    expect((await harness.step(ended, ended.doctor)).body).not.toHaveProperty('outcome');
    expect((await harness.step(completed, completed.doctor, 'finish')).body.state).toBe('finished');
  });

  it('tells its two of each change', async () => {
    const visit = await harness.live();
    const events = await harness.of(visit, 'consultation-changed', 3);
    expect(events.map(({ data }) => data.state)).toEqual(['waiting', 'waiting', 'live']);
    expect(events.at(-1)!.data).toMatchObject({ accounts: [visit.doctor.id, visit.patient.id], seats: [] });
  });

  it('opens a quarter of an hour before, not earlier', async () => {
    const visit = await harness.visit(20);
    await harness.agreed(visit);
    const { status, body } = await harness.step(visit, visit.patient, 'join', { device: 'phone' });
    expect([status, body.code]).toEqual([409, 'too-early']);
    expect(Date.parse(visit.data.startsAt) - Date.parse(body.opensAt)).toBe(15 * 60_000);
  });

  it('is over four hours after its planned end, whoever forgot it', async () => {
    const visit = await harness.visit(-5 * 60);
    expect((await harness.step(visit, visit.patient)).body.state).toBe('finished');
    expect((await harness.step(visit, visit.doctor, 'join', { device: 'desk' })).body.code).toBe('visit-finished');
  });

  it('asks for the agreement to its text, once for each version, until it is withdrawn', async () => {
    const visit = await harness.visit();
    const join = () => harness.step(visit, visit.patient, 'join', { device: 'phone' });
    expect((await join()).body.code).toBe('consent-required');
    const wrong = await harness.step(visit, visit.patient, 'consent', { version: '1999' });
    expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, 'version']);
    await harness.agreed(visit);
    await harness.agreed(visit);
    expect(await harness.collection('telehealth_consents').countDocuments({ accountId: visit.patient.id })).toBe(1);
    expect((await join()).status).toBe(200);
    await harness.call('DELETE', `/consultations/${visit.id}/consent`, visit.patient);
    await harness.step(visit, visit.patient, 'leave');
    expect((await join()).body.code).toBe('consent-required');
    await harness.agreed(visit);
    expect((await join()).status).toBe(200);
    expect((await harness.step(visit, visit.doctor, 'consent', { version: 'x' })).status).toBe(403);
  });

  it('speaks the reader’s language where it asks for agreement', async () => {
    const visit = await harness.visit();
    const inArabic = { 'accept-language': 'ar' };
    const { body } = await harness.call('GET', `/consultations/${visit.id}`, visit.patient, undefined, inArabic);
    expect(body.consent.text).toMatch(/[\u0600-\u06ff]/);
  });

  it('is for nobody else, and for no appointment that is none by video', async () => {
    const visit = await harness.visit();
    for (const as of [newPatient(), newDoctor()]) {
      expect((await harness.step(visit, as)).status).toBe(404);
      expect((await harness.step(visit, as, 'join', { device: 'x' })).status).toBe(404);
    }
    expect((await harness.step(visit, newDoctor(), 'admit')).status).toBe(404);
    expect((await harness.step(visit, newDoctor(), 'finish')).status).toBe(404);
    expect((await harness.call('GET', `/consultations/${visit.id}`)).status).toBe(401);
    const inPerson = await harness.visit(5, { mode: 'in-person' });
    expect((await harness.step(inPerson, inPerson.patient)).body.code).toBe('not-a-video-visit');
    await harness.cancelled(visit);
    // Told again and late, it stays cancelled.
    await harness.deliver(appointmentAcceptedV1, visit.id, visit.data, { sequence: 2 });
    expect((await harness.step(visit, visit.patient)).body.code).toBe('not-a-video-visit');
  });

  it('lets in nobody who is not at the door', async () => {
    const visit = await harness.visit();
    await harness.step(visit, visit.doctor, 'join', { device: 'desk' });
    expect((await harness.step(visit, visit.doctor, 'admit')).body.code).toBe('nobody-waits');
    expect((await harness.step(visit, visit.doctor, 'admit', { participantId: 'x' })).status).toBe(404);
  });

  it('moves to another device only once that was asked', async () => {
    const visit = await harness.live();
    const join = (more: object = {}) => harness.step(visit, visit.patient, 'join', { device: 'tablet', ...more });
    const refused = await join();
    expect([refused.status, refused.body.code]).toEqual([409, 'elsewhere']);
    const moved = await join({ takeOver: true });
    expect(seatOf(moved, 'patient')).toMatchObject({ device: 'tablet', state: 'admitted' });
    const last = (await harness.of(visit, 'consultation-changed', 5)).at(-1)!;
    expect(last.data).toMatchObject({ accounts: [visit.patient.id], movedTo: 'tablet' });
  });

  it('takes everybody who comes at the same moment', async () => {
    const visit = await harness.visit();
    await harness.agreed(visit);
    const answers = await Promise.all([
      harness.step(visit, visit.patient, 'join', { device: 'phone' }),
      harness.step(visit, visit.doctor, 'join', { device: 'desk' }),
      harness.step(visit, visit.doctor, 'message', { message: 'Deux minutes' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { body } = await harness.step(visit, visit.doctor);
    expect(body.participants.map(({ state }: { state: string }) => state).sort()).toEqual(['admitted', 'waiting']);
    expect(body.message).toBe('Deux minutes');
  });
});

describe('the waiting room', () => {
  it('tells each their place, and the doctor who waits', async () => {
    const doctor = newDoctor();
    const first = await harness.waiting(1, { doctor });
    const second = await harness.waiting(10, { doctor });
    expect((await harness.step(second, second.patient)).body).toMatchObject({ position: 2 });
    const { body } = await harness.call('GET', '/consultations', doctor);
    expect(body.items.map(({ appointmentId }: { appointmentId: string }) => appointmentId)).toEqual([
      first.id,
      second.id,
    ]);
    await harness.step(first, doctor, 'join', { device: 'desk' });
    await harness.step(first, doctor, 'admit');
    expect((await harness.step(second, second.patient)).body).toMatchObject({ position: 1 });
    expect((await harness.call('GET', '/consultations', first.patient)).status).toBe(403);
    expect((await harness.call('GET', '/consultations', newDoctor())).body.items).toEqual([]);
  });

  it('says how long it may take once the doctor has a history, as a range', async () => {
    const doctor = newDoctor();
    for (let n = 0; n < 5; n += 1) await harness.live(-10 - n, { doctor });
    const visit = await harness.waiting(0, { doctor });
    const { expectedWait } = (await harness.step(visit, visit.patient)).body;
    expect(expectedWait).toEqual({ fromMinutes: 10, toMinutes: 15 });
    const unknown = await harness.waiting(0);
    expect((await harness.step(unknown, unknown.patient)).body.expectedWait).toBeUndefined();
  });
});

describe('the third seat', () => {
  const invite = (visit: { id: string }, as: Identified) =>
    harness.call('POST', `/consultations/${visit.id}/invitations`, as, { name: 'Sami', role: 'interpreter' });
  const tokenOf = ({ body }: Answer): string => body.url.split('/').at(-1);

  it('is taken by whoever has the link, once the doctor lets them in', async () => {
    const visit = await harness.live();
    const invited = await invite(visit, visit.patient);
    expect(invited.status).toBe(201);
    expect(invited.body.url).toMatch(/^https:\/\/medflow\.test\/visit\/guest\/[\w-]{32}$/);
    const token = tokenOf(invited);
    const joined = await harness.call('POST', `/consultations/invitations/${token}/join`, undefined, {
      device: 'phone',
    });
    expect(joined.status).toBe(200);
    expect(seatOf(joined, 'interpreter')).toMatchObject({ id: joined.body.self, name: 'Sami', state: 'waiting' });
    const seat = { 'x-visit-seat': token };
    await harness.step(visit, visit.doctor, 'admit', { participantId: joined.body.self });
    const { body } = await harness.call('GET', '/consultations/seat', undefined, undefined, seat);
    expect(body.participants.map(({ role, state }: never) => [role, state])).toEqual([
      ['doctor', 'admitted'],
      ['patient', 'admitted'],
      ['interpreter', 'admitted'],
    ]);
    expect((await invite(visit, visit.doctor)).body.code).toBe('seat-taken');
    await harness.call('POST', '/consultations/seat/leave', undefined, {}, seat);
    expect((await invite(visit, visit.doctor)).status).toBe(201);
    // The seat was given to somebody else.
    expect((await harness.call('GET', '/consultations/seat', undefined, undefined, seat)).status).toBe(404);
  });

  it('keeps no secret that opens it', async () => {
    const visit = await harness.live();
    const token = tokenOf(await invite(visit, visit.doctor));
    expect(JSON.stringify(await harness.collection('visits').findOne({ _id: visit.id }))).not.toContain(token);
    for (const wrong of ['x', token.slice(1), '__proto__'])
      expect((await harness.call('POST', `/consultations/invitations/${wrong}/join`, undefined, {})).status).toBe(404);
    expect((await harness.call('GET', '/consultations/seat')).status).toBe(404);
    await harness.step(visit, visit.doctor, 'finish');
    const late = await harness.call('POST', `/consultations/invitations/${token}/join`, undefined, {});
    expect(late.body.code).toBe('visit-finished');
  });
});
