import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@medflow/testing';
import { io, type Socket } from 'socket.io-client';
import type { Api, Person } from './api.js';
import { type Mode, System } from './system.js';

const patience = { timeoutMs: 15_000, everyMs: 50 };
const modes: Mode[] = ['embedded', 'processes'];

interface Told {
  appointment: { id: string; status: string; type: string; version: number }[];
  notification: { id: string; type: string; title: string; data: { appointmentId?: string } }[];
}

/** An open browser of somebody, and what it was told. */
async function listen(url: string, token: string): Promise<{ told: Told; socket: Socket }> {
  const told: Told = { appointment: [], notification: [] };
  const socket = io(url, { path: '/realtime', auth: { token }, transports: ['websocket'], reconnection: false });
  socket.on('appointment', (event: Told['appointment'][0]) => told.appointment.push(event));
  socket.on('notification', (event: Told['notification'][0]) => told.notification.push(event));
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve);
    socket.on('connect_error', reject);
  });
  return { told, socket };
}

describe.each(modes)('from sign-up to consultation, %s', (mode) => {
  let system: System;
  let api: Api;
  let doctor: Person;
  let patient: Person;

  beforeAll(async () => {
    system = await System.start(mode);
    api = system.api;
    doctor = await api.publishDoctor({
      account: { firstName: 'Leïla', lastName: 'Ben Salah', locale: 'ar' },
      profile: { city: 'Sfax', specializations: ['dermatology'] },
    });
    patient = await api.register('patient', { firstName: 'Amine', lastName: 'Trabelsi', locale: 'en' });
  }, 180_000);
  afterAll(() => system?.discard(), 60_000);

  const typesOf = async (person: Person, appointmentId: string): Promise<string[]> =>
    (await api.all('/notifications', person))
      .filter(({ data }) => data.appointmentId === appointmentId)
      .map(({ type }) => type)
      .sort();

  it('a doctor is public once verified with hours, and found by name, city and specialization', async () => {
    const found = await eventually(async () => {
      const { items } = await api.expect(200, 'GET', '/doctors?q=ben%20salah&city=Sfax&specialization=dermatology');
      return items.find(({ id, nextAvailableAt }: { id: string; nextAvailableAt: string | null }) => {
        return id === doctor.id && nextAvailableAt !== null;
      });
    }, patience);
    expect(found).toMatchObject({ firstName: 'Leïla', lastName: 'Ben Salah', city: 'Sfax' });
    const unverified = await api.register('doctor');
    await api.completeProfile(unverified);
    expect((await api.call('GET', `/doctors/${unverified.id}`)).status).toBe(404);
    expect((await api.call('GET', `/doctors/${unverified.id}/slots`)).status).toBe(404);
  });

  it('books, accepts and cancels; each side is told once, live, in the bell and by e-mail', async () => {
    const [atDoctor, atPatient] = await Promise.all([
      listen(system.url, doctor.token),
      listen(system.url, patient.token),
    ]);
    const slot = (await api.slots(doctor.id))[3]!;
    const booked = await api.book(patient, slot.id);
    expect(booked.status).toBe(201);
    const { id } = booked.body;
    expect(booked.body).toMatchObject({
      status: 'requested',
      startsAt: slot.startsAt,
      doctor: { id: doctor.id, lastName: 'Ben Salah' },
      patient: { id: patient.id, firstName: 'Amine' },
    });
    expect((await api.slots(doctor.id)).map((free) => free.id)).not.toContain(slot.id);

    const accepted = await api.expect(200, 'POST', `/appointments/${id}/accept`, { token: doctor.token });
    expect(accepted.status).toBe('accepted');
    expect((await api.call('POST', `/appointments/${id}/accept`, { token: doctor.token })).body.code).toBe(
      'invalid-transition',
    );
    const cancelled = await api.expect(200, 'POST', `/appointments/${id}/cancel`, {
      token: patient.token,
      body: { reason: 'Empêchement' },
    });
    expect(cancelled).toMatchObject({ status: 'cancelled', cancellation: { by: 'patient', reason: 'Empêchement' } });
    expect((await api.slots(doctor.id)).map((free) => free.id)).toContain(slot.id);

    const three = ['appointment-accepted', 'appointment-cancelled', 'appointment-requested'];
    const sides = [
      { person: doctor, told: atDoctor.told },
      { person: patient, told: atPatient.told },
    ];
    for (const { person, told } of sides) {
      await eventually(async () => (await typesOf(person, id)).length >= 3, patience);
      await eventually(() => told.notification.length >= 3 && told.appointment.length >= 3, patience);
      await eventually(async () => (await api.letters(person.email)).length >= 4, patience);
    }
    // Whatever would come twice has the time to.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    for (const { person, told } of sides) {
      expect(await typesOf(person, id)).toEqual(three);
      expect(told.notification.map(({ type }) => type).sort()).toEqual(three);
      expect(told.appointment.map(({ type }) => type)).toEqual([
        'appointment-requested',
        'appointment-accepted',
        'appointment-cancelled',
      ]);
      expect(told.appointment.every((event) => event.id === id)).toBe(true);
      // One more than the news: the first of all asks to confirm the address.
      const letters = (await api.letters(person.email)).map(({ text }) => text.includes('/verify-email#token='));
      expect(letters.sort()).toEqual([false, false, false, true]);
    }
    const subjects = async (person: Person) => (await api.letters(person.email)).map(({ subject }) => subject).join();
    expect(await subjects(patient)).toContain('Appointment confirmed');
    expect(await subjects(doctor)).toContain('تم تأكيد الموعد');
    const inFrench = await api.expect(200, 'GET', '/notifications', {
      token: patient.token,
      headers: { 'accept-language': 'fr' },
    });
    expect(inFrench).toMatchObject({ unread: 3 });
    await api.expect(204, 'POST', '/notifications/read-all', { token: patient.token });
    expect((await api.expect(200, 'GET', '/notifications', { token: patient.token })).unread).toBe(0);
    atDoctor.socket.close();
    atPatient.socket.close();
  }, 60_000);

  it('moves an appointment: both sides are told, and the earlier slot is free again', async () => {
    const slots = await api.slots(doctor.id);
    const [slot, other] = [slots.at(-4)!, slots.at(-5)!];
    const { id } = (await api.book(patient, slot.id)).body;
    await api.expect(200, 'POST', `/appointments/${id}/accept`, { token: doctor.token });
    const body = { slotId: other.id };
    const headers = { 'idempotency-key': `move-${mode}` };
    const move = () =>
      api.expect(200, 'POST', `/appointments/${id}/reschedule`, { token: patient.token, body, headers });
    const moved = await move();
    expect(moved).toMatchObject({ status: 'requested', startsAt: other.startsAt, version: 3 });
    expect(await move()).toEqual(moved);
    const free = (await api.slots(doctor.id)).map((left) => left.id);
    expect([free.includes(slot.id), free.includes(other.id)]).toEqual([true, false]);
    for (const person of [doctor, patient])
      await eventually(async () => (await typesOf(person, id)).includes('appointment-rescheduled'), patience);
    await api.expect(200, 'POST', `/appointments/${id}/accept`, { token: doctor.token });
    // Billing has followed: it is paid where it is now.
    const paid = { appointmentId: id, paymentMethodId: 'pm_card_visa' };
    const payment = await api.expect(201, 'POST', '/payments', { token: patient.token, body: paid });
    expect(payment.status).toBe('paid');
    await eventually(async () => {
      const { startsAt } = await api.expect(200, 'GET', `/payments/${payment.id}`, { token: patient.token });
      return startsAt === other.startsAt;
    }, patience);
  });

  it('answers the same booking once for one idempotency key', async () => {
    const [first, second] = await api.slots(doctor.id);
    const key = { 'idempotency-key': `key-${mode}` };
    const answers = [await api.book(patient, first!.id, key), await api.book(patient, first!.id, key)];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[1]!.body).toEqual(answers[0]!.body);
    expect(await api.book(patient, second!.id, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
  });

  it('hides an appointment from everybody else', async () => {
    const slot = (await api.slots(doctor.id)).at(-1)!;
    const { id } = (await api.book(patient, slot.id)).body;
    const [otherPatient, otherDoctor] = await Promise.all([api.register('patient'), api.register('doctor')]);
    for (const { token } of [otherPatient, otherDoctor])
      expect((await api.call('GET', `/appointments/${id}`, { token })).status).toBe(404);
    expect((await api.call('POST', `/appointments/${id}/accept`, { token: otherDoctor.token })).status).toBe(404);
    expect((await api.call('POST', `/appointments/${id}/cancel`, { token: otherPatient.token, body: {} })).status).toBe(
      404,
    );
    expect((await api.call('POST', `/appointments/${id}/accept`, { token: otherPatient.token })).status).toBe(403);
    expect((await api.call('GET', '/admin/doctors', { token: otherDoctor.token })).status).toBe(403);
    expect((await api.call('GET', `/appointments/${id}`)).status).toBe(401);
    await expect(listen(system.url, 'no-token')).rejects.toThrow('unauthenticated');
  });

  it.each([
    ['fr', 'Connectez-vous pour continuer.'],
    ['en', 'Sign in to continue.'],
    ['ar', 'سجّل الدخول للمتابعة.'],
  ])('explains errors in %s', async (language, detail) => {
    const answer = await api.call('GET', '/appointments', { headers: { 'accept-language': language } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('x-request-id')).toBe(answer.body.requestId);
    expect(answer.body).toMatchObject({
      status: 401,
      code: 'unauthenticated',
      detail,
      instance: '/api/v1/appointments',
    });
    expect(answer.body.type).toMatch(/unauthenticated$/);
  });

  it('refuses what is no request, at the gateway and behind it', async () => {
    const register = (body: string, headers = {}) => api.call('POST', '/auth/register', { body, headers });
    expect(await register('{"role":')).toMatchObject({ status: 400, body: { code: 'malformed-request' } });
    expect(await register('a=b', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
      status: 415,
      body: { code: 'unsupported-media-type' },
    });
    expect(await register(JSON.stringify({ role: 'x'.repeat(3_000_000) }))).toMatchObject({
      status: 413,
      body: { code: 'body-too-large' },
    });
    const wrongMethod = await api.call('DELETE', '/appointments', { token: patient.token });
    expect(wrongMethod).toMatchObject({ status: 405, body: { code: 'method-not-allowed' } });
    expect(wrongMethod.headers.get('allow')).toContain('POST');
    expect(await api.call('GET', '/nowhere')).toMatchObject({ status: 404, body: { code: 'not-found' } });
    const operators = { email: { $gt: '' }, password: { $gt: '' } };
    expect((await api.call('POST', '/auth/login', { body: operators })).status).toBe(422);
    const incomplete = await api.call('POST', '/auth/register', { body: { email: 'x' } });
    expect(incomplete.status).toBe(422);
    const fields = incomplete.body.errors.map(({ field }: { field: string }) => field);
    expect(fields).toEqual(expect.arrayContaining(['role', 'email', 'password', 'firstName', 'lastName']));
  });
});
