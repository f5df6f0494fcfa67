import { readdir, readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { appointmentAcceptedV1, appointmentCompletedV1 } from '@medflow/contracts';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SmtpMailer } from '../src/adapters/mail/smtp-mailer.js';
import { SmtpServer } from './smtp-server.js';
import { newDoctor, newPatient, NotificationsHarness } from './harness.js';

const patience = { timeoutMs: 15_000, everyMs: 50 };

/** The parts of a message, as they were before they were made fit for the wire. */
const decoded = (message: string): string =>
  message
    .split(/^--/m)
    .map((part) => {
      const body = part.split('\r\n\r\n').slice(1).join('\r\n\r\n');
      if (/base64/i.test(part)) return Buffer.from(body, 'base64').toString();
      const bytes = body
        .replace(/=\r\n/g, '')
        .replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
      return Buffer.from(bytes, 'latin1').toString();
    })
    .join('\n');

/** One appointment accepted; who gets letters is known to identity. */
async function accepted(
  harness: NotificationsHarness,
  patientIs: Parameters<NotificationsHarness['contacts']['set']>[1] = {},
) {
  const [doctor, patient] = [newDoctor(), newPatient()];
  harness.contacts.set(doctor.id, { firstName: 'Karim', lastName: 'Trabelsi' });
  harness.contacts.set(patient.id, patientIs);
  const data = harness.appointment(doctor, patient);
  await harness.deliver(appointmentAcceptedV1, data.appointmentId, data);
  return { doctor, patient };
}

describe('with an SMTP server', () => {
  let harness: NotificationsHarness;
  let smtp: SmtpServer;
  let env: Record<string, string>;
  beforeAll(async () => {
    smtp = await SmtpServer.start();
    env = { SMTP_URL: smtp.url, MAIL_FROM: 'Clinique <rdv@clinique.example>', PUBLIC_URL: 'https://clinique.example/' };
    harness = await NotificationsHarness.start(env);
  });
  afterAll(async () => {
    await harness.stop();
    await smtp.goAway();
  });
  const to = ({ id }: { id: string }) => smtp.received.filter(({ recipient }) => recipient === `${id}@example.tn`);
  const waiting = ({ id }: { id: string }) =>
    harness.collection('mail_queue').findOne({ 'notification.accountId': id });

  it('writes once to each side, and nothing about kinds that are not worth a letter', async () => {
    const { doctor, patient } = await accepted(harness, { locale: 'ar' });
    const data = harness.appointment(doctor, patient);
    await harness.deliver(appointmentCompletedV1, data.appointmentId, data);
    await eventually(() => to(doctor).length > 0 && to(patient).length > 0, patience);
    await eventually(async () => !(await waiting(doctor)) && !(await waiting(patient)), patience);
    expect([to(doctor).length, to(patient).length]).toEqual([1, 1]);
    const { message } = to(patient)[0]!;
    expect(message).toMatch(/^From: Clinique <rdv@clinique\.example>\r$/m);
    expect(message).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(message).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(message).toMatch(/^Content-Type: multipart\/alternative/m);
  });

  it('waits for identity, then writes once', async () => {
    harness.contacts.down = true;
    const { patient } = await accepted(harness);
    const tries = () => harness.contacts.asked.filter((id) => id === patient.id).length;
    await eventually(() => tries() === 1, patience);
    await eventually(async () => !(await waiting(patient))?.claim, patience);
    await harness.pausesAreOver();
    await eventually(() => tries() === 2, patience);
    expect(to(patient)).toEqual([]);
    harness.contacts.down = false;
    await eventually(async () => {
      await harness.pausesAreOver();
      return !(await waiting(patient));
    }, patience);
    expect(to(patient)).toHaveLength(1);
  });

  it('waits for the mail server, over a restart too, then writes once under the notification’s own id', async () => {
    await smtp.goAway();
    const { patient } = await accepted(harness);
    await eventually(async () => {
      const letter = await waiting(patient);
      return letter?.attempts === 1 && letter.claim === undefined;
    }, patience);
    await harness.service.restart();
    expect(await waiting(patient)).not.toBeNull();
    await smtp.comeBack();
    await eventually(async () => {
      await harness.pausesAreOver();
      return !(await waiting(patient));
    }, patience);
    const [{ id }] = (await harness.listOf(patient)).items;
    expect(to(patient).map(({ messageId }) => messageId)).toEqual([`<${id}@medflow>`]);
  });

  it('gives up after a day, and keeps the letter for the operator', async () => {
    harness.contacts.down = true;
    const { patient } = await accepted(harness);
    const yesterday = new Date(Date.now() - 86_400_000);
    await harness
      .collection('mail_queue')
      .updateOne({ 'notification.accountId': patient.id }, { $set: { queuedAt: yesterday } });
    await eventually(async () => {
      await harness.pausesAreOver();
      return (await waiting(patient))?.failure === 'identity answered 503';
    }, patience);
    harness.contacts.down = false;
    expect((await waiting(patient))?.dueAt).toBeUndefined();
    await harness.collection('mail_queue').deleteMany({});
  });

  it('writes once where several replicas look for work', async () => {
    const replicas = [await harness.replica(env), await harness.replica(env)];
    const people = await Promise.all(Array.from({ length: 30 }, () => accepted(harness)));
    await eventually(async () => (await harness.collection('mail_queue').countDocuments()) === 0, patience);
    await Promise.all(replicas.map((replica) => replica.close()));
    for (const { doctor, patient } of people) expect([to(doctor).length, to(patient).length]).toEqual([1, 1]);
  });

  it('bundles a rush of news, over replicas too: three letters or one, then one a minute, and nothing lost', async () => {
    const replica = await harness.replica(env);
    const [doctor, patient] = [newDoctor(), newPatient()];
    harness.contacts.set(doctor.id, { firstName: 'Karim', lastName: 'Trabelsi' });
    harness.contacts.set(patient.id, { locale: 'en' });
    const news = async (times: number) => {
      for (let n = 0; n < times; n += 1) {
        const data = harness.appointment(doctor, patient);
        await harness.deliver(appointmentAcceptedV1, data.appointmentId, data);
      }
    };
    await news(20);
    const queued = () =>
      harness.collection('mail_queue').countDocuments({ 'notification.accountId': patient.id } as never);
    // What is not sent waits for its minute.
    await eventually(async () => {
      const due = { 'notification.accountId': patient.id, heldBack: { $ne: true } };
      return (await harness.collection('mail_queue').countDocuments(due as never)) === 0;
    }, patience);
    expect(to(patient).length).toBeLessThanOrEqual(4);
    const before = to(patient).length;
    if ((await queued()) > 0) {
      let minutes = 0;
      await eventually(
        async () => {
          if ((await queued()) === 0) return true;
          // A minute passes. Again, where a replica that still sent the first ones put the rest off, or the two shared it.
          minutes += 1;
          const lastAt = new Date(Date.now() - 65_000);
          await harness.collection('mail_paces').updateMany({}, [{ $set: { lastAt } }]);
          await harness.pausesAreOver();
          // Somebody else's news wakes the sender, which would look by itself when the minute is over.
          await accepted(harness);
          return false;
        },
        { ...patience, everyMs: 2_000 },
      );
      expect(to(patient).length).toBeLessThanOrEqual(before + minutes);
    }
    await replica.close();
    const said = to(patient).map(({ message }) => decoded(message).match(/accepted your appointment/g)!.length);
    // Each once as text and once as HTML.
    expect(said.reduce((sum, times) => sum + times, 0)).toBe(40);
    expect(said.length).toBeLessThan(6);
  }, 60_000);

  it('shows no mailbox', async () => {
    for (const path of ['/mailbox', '/mailbox/api', '/mailbox/mailbox.css'])
      expect((await harness.call('GET', path)).status).toBe(404);
  });
});

it('leaves a mail server that accepts the call and says nothing', async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const mailer = new SmtpMailer(`smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`, 'a@example.tn', {
    greetingTimeout: 100,
  });
  const mail = { id: 'n1', to: { name: 'B', address: 'b@example.tn' }, subject: 's', text: 't', html: 'h' };
  await expect(mailer.send(mail)).rejects.toThrow('Greeting never received');
  mailer.onApplicationShutdown();
  silent.close();
});

describe('without an SMTP server', () => {
  let harness: NotificationsHarness;
  beforeAll(async () => {
    harness = await NotificationsHarness.start();
  });
  afterAll(() => harness.stop());

  interface Kept {
    id: string;
    to: string;
    subject: string;
    sentAt: string;
    text: string;
    html: string;
  }
  const mailsTo = async ({ id }: { id: string }): Promise<Kept[]> => {
    const { items } = (await harness.call('GET', '/mailbox/api')).body;
    return items.filter(({ to }: Kept) => to === `${id}@example.tn`);
  };

  it('keeps letters as files and shows them, newest first', async () => {
    const first = await accepted(harness, { locale: 'en' });
    await eventually(async () => (await mailsTo(first.patient)).length === 1, patience);
    const second = await accepted(harness);
    const mail = await eventually(async () => (await mailsTo(second.patient))[0], patience);
    expect(mail).toEqual({
      id: expect.any(String),
      to: `${second.patient.id}@example.tn`,
      subject: 'Rendez-vous confirmé',
      sentAt: expect.any(String),
      text: expect.stringMatching(/http:\/\/localhost:3000\/appointments\/\S+/),
      html: expect.stringContaining('<html lang="fr" dir="ltr">'),
    });
    const { items } = (await harness.call('GET', '/mailbox/api')).body as { items: Kept[] };
    const sent = items.map(({ sentAt }) => sentAt);
    expect(sent).toEqual([...sent].sort().reverse());
    const page = await harness.call('GET', '/mailbox');
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.body).toMatch(/<a href="http:\/\/localhost:3000\/[^"]*" rel="noreferrer">/);
    for (const path of ['/mailbox', '/mailbox/api', '/mailbox/mailbox.css'])
      expect((await harness.call('GET', path)).headers.get('cache-control')).toBe('no-store');
    expect(page.body).toContain('<link rel="stylesheet" href="/mailbox/mailbox.css">');
    expect(page.body).toContain('Appointment confirmed');
    expect(page.body).not.toMatch(/<script|<style|style="|\son\w+=/);
    expect((await harness.call('GET', '/mailbox/mailbox.css')).headers.get('content-type')).toMatch(/^text\/css/);
  });

  it('lets no name add a header, a recipient or markup', async () => {
    const { doctor, patient } = await accepted(harness, {
      firstName: '"Eve" <eve@evil.example>,\r\nBcc: eve@evil.example\r\n\r\n<script>alert(1)</script>',
      lastName: 'محمد',
    });
    await eventually(async () => (await mailsTo(doctor)).length === 1, patience);
    const mail = await eventually(async () => (await mailsTo(patient))[0], patience);
    const folder = join(harness.home, 'mail');
    const file = (await readdir(folder)).find((name) => name === `${mail.id}.eml`);
    const [headers = ''] = (await readFile(join(folder, file!), 'utf8')).split('\r\n\r\n');
    const unfolded = headers.replace(/\r\n[ \t]/g, ' ').split('\r\n');
    expect(unfolded.map((header) => header.split(':')[0]!.toLowerCase()).sort()).toEqual([
      'auto-submitted',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
    ]);
    const recipients = unfolded.find((header) => header.startsWith('To:'))!;
    // Outside quoted and encoded words there is the one address.
    expect(recipients.replace(/"(\\.|[^"\\])*"|=\?[^?]+\?[^?]+\?[^?]*\?=/g, '').match(/\S+@\S+/g)).toEqual([
      `<${patient.id}@example.tn>`,
    ]);
    expect((await harness.call('GET', '/mailbox')).body).not.toContain('<script');
  });
});
