import { randomBytes } from 'node:crypto';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Api, Person } from './api.js';
import { System } from './system.js';

const MEGABYTE = 1024 * 1024;

let system: System;
let api: Api;
beforeAll(async () => {
  system = await System.start('embedded');
  api = system.api;
}, 120_000);
afterAll(() => system?.discard());

const put = ({ token }: Person, bytes: number) =>
  api.call('PUT', '/patients/me/photo', {
    token,
    body: randomBytes(bytes),
    headers: { 'content-type': 'image/jpeg' },
  });

describe('photos through the gateway', () => {
  it('may be ten megabytes, where other bodies may be one', async () => {
    const patient = await api.register('patient');
    expect((await put(patient, 10 * MEGABYTE)).body.code).toBe('not-an-image');
    expect(await put(patient, 10 * MEGABYTE + 1)).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
    const other = await api.call('PUT', '/patients/me', {
      token: patient.token,
      body: JSON.stringify({ address: 'a'.repeat(MEGABYTE) }),
    });
    expect([other.status, other.body.code]).toEqual([413, 'body-too-large']);
  });

  it('are not read of whom is not signed in', async () => {
    const body = randomBytes(MEGABYTE);
    const answer = await api.call('PUT', '/patients/me/photo', { body, headers: { 'content-type': 'image/jpeg' } });
    expect(answer.status).toBe(401);
  });

  it('answer without a token, to be kept for ever and taken for nothing else', async () => {
    const url = await api.putPhoto(await api.register('doctor'), 'doctor');
    const answer = await fetch(api.url + url);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-length': String((await answer.arrayBuffer()).byteLength),
    });
    const again = await fetch(api.url + url, { headers: { 'if-none-match': answer.headers.get('etag')! } });
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
    expect((await fetch(`${api.url}/api/v1/photos/nobody/512`)).status).toBe(404);
  });

  it('are counted by themselves: twenty a minute', async () => {
    const patient = await api.register('patient');
    const answers = await Promise.all(Array.from({ length: 21 }, () => put(patient, 0)));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
    expect((await api.call('GET', '/patients/me', { token: patient.token })).status).toBe(200);
  });

  it('of both sides come with their appointments, also with those that were booked before, and go with them', async () => {
    const [patient, doctor] = await Promise.all([api.register('patient'), api.publishDoctor()]);
    const booked = await api.book(patient, (await api.slots(doctor.id))[0]!.id);
    expect([booked.body.doctor.photo, booked.body.patient.photo]).toEqual([null, null]);
    const [ofPatient, ofDoctor] = await Promise.all([api.putPhoto(patient, 'patient'), api.putPhoto(doctor, 'doctor')]);
    const seen = async () => {
      const { token } = doctor;
      const { doctor: d, patient: p } = await api.expect(200, 'GET', `/appointments/${booked.body.id}`, { token });
      return [d.photo?.url, p.photo?.url];
    };
    const soon = { timeoutMs: 20_000, everyMs: 50 };
    await eventually(async () => JSON.stringify(await seen()) === JSON.stringify([ofDoctor, ofPatient]), soon);
    const listed = await api.expect(200, 'GET', '/doctors?limit=100');
    const item = listed.items.find(({ id }: { id: string }) => id === doctor.id);
    expect(item.photo).toEqual({ url: ofDoctor, thumbnailUrl: ofDoctor.replace('/512', '/128') });
    await api.expect(204, 'DELETE', '/patients/me/photo', { token: patient.token });
    await eventually(async () => (await seen())[1] === undefined, soon);
    expect((await fetch(api.url + ofPatient)).status).toBe(404);
  });
});
