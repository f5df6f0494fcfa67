import { patientProfileUpdatedV1 } from '@medflow/contracts';
import { encodeCursor } from '@medflow/service-kit';
import { eventually, type Identified, outlandishInstants } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asksFirst, newDoctor, newPatient, SchedulingHarness } from './harness.js';

let harness: SchedulingHarness;
beforeAll(async () => {
  harness = await SchedulingHarness.start();
});
afterAll(() => harness.stop());

describe('appointments', () => {
  it('lets nobody see or touch what is not theirs', async () => {
    const asker = newPatient();
    const doctor = await harness.publishedDoctor(asksFirst);
    const [slot] = await harness.slotsOf(doctor);
    const { body } = await harness.book(asker, slot!.id);
    const stranger = newDoctor();
    const other = newPatient();
    expect((await harness.service.call('GET', `/appointments/${body.id}`, { as: other })).status).toBe(404);
    expect((await harness.service.call('POST', `/appointments/${body.id}/accept`, { as: stranger })).status).toBe(404);
    expect((await harness.service.call('POST', `/appointments/${body.id}/accept`, { as: asker })).status).toBe(403);
    expect((await harness.service.call('POST', `/appointments/${body.id}/cancel`, { as: other })).status).toBe(404);
    expect((await harness.service.call('GET', '/appointments', { as: other })).body.items).toEqual([]);
    expect((await harness.service.call('GET', '/appointments')).status).toBe(401);
    expect((await harness.book(doctor, slot!.id)).status).toBe(403);
  });

  it('gives each side a file for their calendar that later ones replace, and nobody else', async () => {
    const asker = newPatient();
    const doctor = await harness.publishedDoctor(asksFirst);
    const [slot] = await harness.slotsOf(doctor);
    const { body } = await harness.book(asker, slot!.id);
    const calendar = async (as: Identified, language?: string) => {
      const headers = { ...(language && { 'accept-language': language }) };
      const answer = await harness.service.call('GET', `/appointments/${body.id}.ics`, { as, headers });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
      const lines = (answer.body as unknown as string).replaceAll('\r\n ', '').split('\r\n');
      return Object.fromEntries(lines.map((line) => [line.split(':')[0]!, line.slice(line.indexOf(':') + 1)]));
    };
    const asked = await calendar(asker);
    const compact = (instant: string) => `${instant.slice(0, 19).replace(/[-:]/g, '')}Z`;
    expect(asked).toMatchObject({
      UID: `appointment-${body.id}@medflow`,
      SEQUENCE: String(body.version),
      DTSTART: compact(slot!.startsAt),
      DTEND: compact(slot!.endsAt),
      STATUS: 'TENTATIVE',
      SUMMARY: 'Rendez-vous avec Dr Karim Trabelsi',
    });
    const yes = await harness.service.call('POST', `/appointments/${body.id}/accept`, { as: doctor });
    expect(Date.parse(yes.body.acceptedAt)).toBeGreaterThanOrEqual(Date.parse(body.createdAt));
    const accepted = await calendar(doctor, 'en-GB');
    expect(accepted).toMatchObject({
      UID: asked.UID,
      STATUS: 'CONFIRMED',
      SUMMARY: 'Appointment with Amina Ben Salah',
      DESCRIPTION: 'By video',
    });
    expect(Number(accepted.SEQUENCE)).toBeGreaterThan(Number(asked.SEQUENCE));
    for (const [as, status] of [
      [newPatient(), 404],
      [newDoctor(), 404],
      [undefined, 401],
    ] as const) {
      const answer = await harness.service.call('GET', `/appointments/${body.id}.ics`, { ...(as && { as }) });
      expect(answer.status).toBe(status);
    }
    const unknown = await harness.service.call('GET', '/appointments/nothing.ics', { as: asker });
    expect(unknown.status).toBe(404);
  });

  it('pages through one’s own appointments by start without gap or repeat', async () => {
    const asker = newPatient();
    const doctor = await harness.publishedDoctor({ ...asksFirst, autoAccept: true });
    const slots = (await harness.slotsOf(doctor)).slice(0, 5);
    for (const slot of slots) expect((await harness.book(asker, slot.id)).status).toBe(201);
    for (const order of ['asc', 'desc']) {
      const seen: string[] = [];
      for (let cursor = ''; ;) {
        const { body } = await harness.service.call(
          'GET',
          `/appointments?limit=2&order=${order}${cursor && `&cursor=${cursor}`}`,
          { as: doctor },
        );
        seen.push(...body.items.map(({ startsAt }: { startsAt: string }) => startsAt));
        if (!body.nextCursor) break;
        cursor = body.nextCursor;
      }
      const expected = slots.map(({ startsAt }) => startsAt);
      expect(seen).toEqual(order === 'asc' ? expected : expected.reverse());
    }
    for (const time of outlandishInstants) {
      const cursor = encodeCursor([time, 'a']);
      expect((await harness.service.call('GET', `/appointments?cursor=${cursor}`, { as: doctor })).status).toBe(422);
    }
    const { body } = await harness.service.call(
      'GET',
      `/appointments?status=requested,rejected&patientId=${asker.id}`,
      {
        as: doctor,
      },
    );
    expect(body.items).toEqual([]);
  });

  it('follows the names of profiles, whatever the order of the events', async () => {
    const asker = newPatient();
    const doctor = await harness.publishedDoctor(asksFirst);
    const [slot] = await harness.slotsOf(doctor);
    const { body } = await harness.book(asker, slot!.id);
    const named = (firstName: string) => ({
      patientId: asker.id,
      firstName,
      lastName: 'Gharbi',
      preferredLanguage: 'fr',
      timeZone: 'Africa/Tunis',
    });
    await harness.deliver(patientProfileUpdatedV1, asker.id, named('Leïla'), 500);
    await eventually(async () => {
      const { patient: seen } = (await harness.service.call('GET', `/appointments/${body.id}`, { as: doctor })).body;
      return seen.firstName === 'Leïla';
    });
    await harness.deliver(patientProfileUpdatedV1, asker.id, named('Ancienne'), 400);
    const [, next] = await harness.slotsOf(doctor);
    expect((await harness.book(asker, next!.id)).body.patient).toMatchObject({ firstName: 'Leïla' });
  });
});
