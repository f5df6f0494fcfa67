import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { type Actor, actors, expected, type Expected, refusals, type Verdict } from './access-expected.js';
import { type Operation, operationsOf } from './access-verdicts.js';
import { type Answer, type Api, everyDay, type Person } from './api.js';
import { root } from './processes.js';
import { System } from './system.js';

const operations = operationsOf(JSON.parse(readFileSync(join(root, 'gateway/openapi.json'), 'utf8')));

type Resources = Record<NonNullable<Expected['about']> | 'entry' | 'manifest' | 'seat' | 'ticket', string>;

let system: System;
let api: Api;
const tokens: Partial<Record<Actor, string>> = {};
let resources: Resources;
/** A refused doctor's own. */
/** Entries that are files or papers, by what they are asked under. */
let papers: Readonly<Record<string, string>> = {};
let refusedAppointmentId: string;
let doctorId: string;
let bystanderId: string;
let photoId: string;
let messageId: string;
let fileId: string;

const soon = { timeoutMs: 20_000, everyMs: 50 };

async function proven(patient: Person): Promise<Person> {
  const link = await eventually(async () => {
    const texts = (await api.letters(patient.email)).map(({ text }) => /verify-email#?\S*token=(\S+)/.exec(text)?.[1]);
    return texts.find((token) => token !== undefined);
  }, soon);
  await api.expect(200, 'POST', '/auth/email/verify', { body: { token: link } });
  return { ...patient, token: await api.login(patient.email) };
}

/** A conversation of the two, with a file in it. */
async function talk(patient: Person, doctor: Person): Promise<string> {
  const opened = await eventually(async () => {
    const body = { doctorId: doctor.id };
    const answer = await api.call('POST', '/conversations', { token: patient.token, body });
    return answer.status < 300 && answer.body;
  }, soon);
  const form = new FormData();
  form.set('file', new Blob(['%PDF-1.7 %%EOF']), 'analyse.pdf');
  const headers = { authorization: `Bearer ${patient.token}` };
  const url = `${api.url}/api/v1/conversations/${opened.id}/messages`;
  const sent = (await (await fetch(url, { method: 'POST', headers, body: form })).json()) as Answer['body'];
  [messageId, fileId] = [sent.id, sent.files[0].id];
  return opened.id;
}

/** Paid, visited and rated, so that there is one of everything; the patient is signed in on a second device. */
async function visit(patient: Person, doctor: Person): Promise<Resources> {
  const { token } = patient;
  const booked = await api.book(patient, (await api.slots(doctor.id))[0]!.id);
  const appointment = booked.body.id as string;
  await api.expect(200, 'POST', `/appointments/${appointment}/accept`, { token: doctor.token });
  const body = { appointmentId: appointment, paymentMethodId: 'pm_card_visa', savePaymentMethod: true };
  const payment = (await api.expect(201, 'POST', '/payments', { token, body })).id as string;
  await eventually(async () => (await api.call('GET', `/payments/${payment}/receipt`, { token })).status === 200, soon);
  const note = { token: doctor.token, body: { kind: 'note', label: 'Examen' } };
  const entry = (await api.expect(201, 'POST', `/patients/${patient.id}/record/entries`, note)).id as string;
  papers = {
    documents: await api.addDocument(patient, doctor),
    prescriptions: await api.writeEntry(patient, doctor, {
      kind: 'prescription',
      label: 'Angine',
      items: [{ label: 'Amoxicilline', dose: '1 g', frequency: '2 fois par jour', days: 6 }],
    }),
    certificates: await api.writeEntry(patient, doctor, { kind: 'certificate', label: 'Repos', text: 'Trois jours.' }),
  };
  const invitation = { token, body: { name: 'Sami', role: 'interpreter' } };
  const { url } = await api.expect(201, 'POST', `/consultations/${appointment}/invitations`, invitation);
  // Nobody else is invited while somebody sits there.
  const seat = (url as string).split('/').at(-1)!;
  await api.expect(200, 'POST', `/consultations/invitations/${seat}/join`, { body: {} });
  await api.expect(200, 'POST', `/appointments/${appointment}/complete`, { token: doctor.token });
  const rating = { appointmentId: appointment, stars: 4 };
  const [review, method, notification] = await Promise.all([
    api.expect(201, 'POST', '/feedback', { token, body: rating }),
    api.expect(200, 'GET', '/payment-methods', { token }),
    eventually(async () => (await api.expect(200, 'GET', '/notifications', { token })).items[0], soon),
  ]);
  const conversation = await talk(patient, doctor);
  await api.login(patient.email);
  const sessions = await api.expect(200, 'GET', '/auth/sessions', { token });
  const session = sessions.items.find(({ current }: { current: boolean }) => !current).id;
  return {
    appointment,
    patient: patient.id,
    conversation,
    record: patient.id,
    ...(await sharedLink(patient)),
    entry,
    visit: appointment,
    seat,
    payment,
    review: review.id,
    notification: notification.id,
    session,
    'payment-method': method.items[0].id,
  };
}

async function prepare(): Promise<void> {
  // A visit may be completed from 15 minutes before its start.
  const always = { weekly: everyDay('00:00', '24:00', 10), plan: { minNoticeMinutes: 0 } };
  const administrator = await api.administrator();
  const [patient, otherPatient, unproven, doctor, refused, otherDoctor, suspended, bystander] = await Promise.all([
    api.register('patient').then(proven),
    api.register('patient').then(proven),
    api.register('patient'),
    api.publishDoctor(always),
    api.publishDoctor(always),
    api.register('doctor'),
    api.register('doctor'),
    api.register('patient'),
  ]);
  Object.assign(tokens, {
    patient: patient.token,
    'other patient': otherPatient.token,
    'unproven patient': unproven.token,
    doctor: doctor.token,
    'other doctor': otherDoctor.token,
    'refused doctor': refused.token,
    'suspended doctor': suspended.token,
    administrator,
  } satisfies Partial<Record<Actor, string>>);
  doctorId = doctor.id;
  bystanderId = bystander.id;
  photoId = (await api.putPhoto(doctor, 'doctor')).split('/').at(-2)!;
  for (const owner of [doctor, otherDoctor, refused]) await api.putLicenceProof(owner);
  resources = await visit(patient, doctor);
  refusedAppointmentId = (await api.book(patient, (await api.slots(refused.id)).at(-1)!.id)).body.id;
  const token = administrator;
  await api.expect(200, 'POST', `/admin/doctors/${refused.id}/refuse`, { token, body: { reason: 'Licence retirée' } });
  await api.expect(200, 'POST', `/admin/accounts/${suspended.id}/suspend`, { token, body: { reason: 'Plainte' } });
  const publish = () =>
    api.call('PUT', '/doctors/me/availability', { token: refused.token, body: { weekly: always.weekly } });
  await eventually(async () => (await publish()).status === 403, soon);
  await eventually(async () => (await api.call('GET', '/auth/me', { token: suspended.token })).status === 401, soon);
}

/** A link to a record, and where its file is. */
async function sharedLink({ token }: Person): Promise<Pick<Resources, 'link' | 'manifest' | 'ticket'>> {
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const { id, url } = await api.expect(201, 'POST', '/patients/me/record/links', { token, body: { expiresAt } });
  const payload = Buffer.from((url as string).split('#shlink:/')[1]!, 'base64url').toString();
  const manifest = (JSON.parse(payload) as { url: string }).url.split('/').at(-1)!;
  const opening = { body: { recipient: 'Dr Elsewhere', embeddedLengthMax: 0 } };
  const { files } = await api.expect(200, 'POST', `/shl/${manifest}`, opening);
  return { link: id, manifest, ticket: (files[0].location as string).split('/').at(-1)! };
}

/** Where an empty object would be refused before it is asked whose it is. */
const bodyOf = ({ name, method }: Operation, actor: Actor): object | undefined => {
  const { appointment: appointmentId, patient: patientId } = resources;
  const bodies: Record<string, object> = {
    'POST /payments': { appointmentId },
    'POST /feedback': { appointmentId, stars: 5 },
    'POST /conversations': actor.includes('doctor') ? { patientId } : { doctorId },
    'POST /conversations/{id}/messages': { text: 'Bonjour' },
    'PUT /conversations/{id}/closing': { closed: false },
    'PUT /conversations/settings': { autoReply: null, hours: [] },
    'PUT /feedback/{id}': { stars: 5 },
    'POST /feedback/{id}/reply': { comment: 'Merci' },
    'POST /feedback/{id}/report': { reason: 'Insultes' },
    'POST /appointments/{id}/reschedule': { slotId: 'none' },
    'POST /appointments/{id}/reject': { reason: 'En congé' },
    'POST /consultations/{appointmentId}/consent': { version: '2026-11' },
    'POST /consultations/{appointmentId}/invitations': { name: 'Sami', role: 'interpreter' },
    'PUT /consultations/{appointmentId}/message': { message: 'Deux minutes' },
    'POST /patients/{patientId}/record/entries': { kind: 'note', label: 'Examen' },
    'PUT /patients/{patientId}/record/entries/{entryId}': { kind: 'note', label: 'Examen', reason: 'Précision' },
    'POST /patients/{patientId}/record/entries/{entryId}/withdraw': { reason: 'Erreur' },
    'POST /patients/{patientId}/record/emergency-access': { reason: 'Patient inconscient' },
    'PUT /doctors/me/availability': { weekly: everyDay('08:00', '12:00', 30) },
  };
  return method === 'GET' || method === 'DELETE' ? undefined : (bodies[name] ?? {});
};

function idOf({ path }: Operation, { about }: Expected, actor: Actor): string {
  if (about === 'appointment' && actor === 'refused doctor') return refusedAppointmentId;
  if (about) return resources[about];
  if (path.startsWith('/admin/accounts')) return bystanderId;
  if (path.startsWith('/photos')) return photoId;
  return path.startsWith('/admin/feedback') ? resources.review : doctorId;
}

function ask(operation: Operation, actor: Actor, id: string): Promise<Answer> {
  const token = tokens[actor];
  const body = bodyOf(operation, actor);
  const path = operation.path
    .replace('{id}', encodeURIComponent(id))
    .replace('{patientId}', encodeURIComponent(id))
    .replace('{entryId}', papers[operation.path.split('/')[4]!] ?? resources.entry)
    .replace('{code}', 'none')
    .replace('{appointmentId}', encodeURIComponent(id))
    .replace('{token}', resources.seat)
    .replace('{linkId}', resources.link)
    .replace('{manifestId}', resources.manifest)
    .replace('{ticket}', resources.ticket)
    .replace(/\/vitals$/, '/vitals?measure=weight')
    .replace('{reservationId}', 'none')
    .replace('{messageId}', messageId)
    .replace('{fileId}', fileId)
    .replace('{size}', '128');
  return api.call(operation.method, path, {
    ...(token !== undefined && { token }),
    ...(body && { body }),
    ...(path.startsWith('/consultations/seat') && { headers: { 'x-visit-seat': resources.seat } }),
  });
}

/** What is answered past every question of who (« already paid », « no such field ») is not told apart here. */
function verdictOf({ status, body }: Answer): string {
  const said = `${status} ${body?.code ?? ''}`;
  if (status >= 500) return said;
  return refusals.find((one) => one === said) ?? ('in' satisfies Verdict);
}

/** What ends something goes last, the narrower first. */
const inOrder = [...operations].sort(
  (a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE') || b.path.length - a.path.length,
);

beforeAll(async () => {
  system = await System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off', MEDFLOW_VERIFY_EMAIL: 'on' } });
  api = system.api;
  await prepare();
}, 180_000);
afterAll(() => system?.discard(), 60_000);

describe('who may do what, asked of the running system', () => {
  it.each(
    operations
      .filter(({ name, path }) => path.includes('{id}') && expected[name]?.about)
      .map((operation) => [operation.name, operation] as const),
  )('tells somebody else’s from nobody’s by nothing: %s', async (name, operation) => {
    const wanted = expected[name]!;
    const outsider = actors.find((actor) => wanted.verdicts[actor] === '404 not-found')!;
    const [others, nobodys] = [
      await ask(operation, outsider, idOf(operation, wanted, outsider)),
      await ask(operation, outsider, randomUUID()),
    ];
    const told = ({ status, body: { type, title, detail, code } }: Answer) => ({ status, type, title, detail, code });
    expect(told(others)).toEqual(told(nobodys));
    expect(others.status).toBe(404);
  });

  it.each(inOrder.map((operation) => [operation.name, operation] as const))(
    '%s',
    async (name, operation) => {
      const wanted = expected[name]!;
      const answered: Record<string, string> = {};
      // Who may comes last: what they do may change what others are answered.
      const order = [...actors].sort(
        (a, b) => Number(wanted.verdicts[a] === 'in') - Number(wanted.verdicts[b] === 'in'),
      );
      for (const actor of order)
        answered[actor] = verdictOf(await ask(operation, actor, idOf(operation, wanted, actor)));
      expect(answered).toEqual(wanted.verdicts);
    },
    30_000,
  );

  it('lets nobody hear news who is not signed in, and nobody hear another’s on the same connection', async () => {
    const connect = (token: string) => {
      const socket = io(api.url, {
        path: '/realtime',
        auth: { token },
        transports: ['websocket'],
        reconnection: false,
      });
      return new Promise<typeof socket | undefined>((resolve) => {
        socket.on('connect', () => resolve(socket));
        socket.on('connect_error', () => resolve(undefined));
      });
    };
    for (const token of ['', 'forged', tokens['suspended doctor']!]) expect(await connect(token)).toBeUndefined();
    for (const actor of ['patient', 'unproven patient', 'refused doctor', 'administrator'] as const) {
      const socket = (await connect(tokens[actor]!))!;
      const present = (token: string): Promise<{ ok: boolean }> => socket.emitWithAck('authenticate', token);
      expect(await present(tokens[actor]!)).toEqual({ ok: true });
      expect(await present(tokens['other patient']!)).toEqual({ ok: false });
      socket.disconnect();
    }
  }, 30_000);
});
