import {
  accountReinstatedV1,
  accountSuspendedV1,
  appointmentAcceptedV1,
  type LetterWantedV1,
  letterWantedV1,
} from '@medflow/contracts';
import { eventually, type Identified } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SmtpServer } from './smtp-server.js';
import { newDoctor, newPatient, NotificationsHarness } from './harness.js';

const patience = { timeoutMs: 15_000, everyMs: 50 };

describe.each([['asks for proof'], ['asks for none']])('letters about accounts where the operator %s', (how) => {
  const proven = how === 'asks for proof';
  let harness: NotificationsHarness;
  let smtp: SmtpServer;
  beforeAll(async () => {
    smtp = await SmtpServer.start();
    const env = { SMTP_URL: smtp.url, PUBLIC_URL: 'https://clinique.example' };
    harness = await NotificationsHarness.start({ ...env, ...(!proven && { MEDFLOW_VERIFY_EMAIL: 'off' }) });
  });
  afterAll(async () => {
    await harness.stop();
    await smtp.goAway();
  });

  const to = ({ id }: Identified) => smtp.received.filter(({ recipient }) => recipient === `${id}@example.tn`);
  const waiting = () => harness.collection('mail_queue').countDocuments();
  const allSent = () => eventually(async () => (await waiting()) === 0, patience);
  /** What stands in the plain part, as a reader sees it. */
  const textOf = (message: string): string => {
    const [, part = ''] = /Content-Type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(message) ?? [];
    return /base64/.test(message)
      ? Buffer.from(part, 'base64').toString()
      : Buffer.from(
          part
            .replace(/=\r\n/g, '')
            .replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
          'latin1',
        ).toString('utf8');
  };
  function want(somebody: Identified, purpose: LetterWantedV1['purpose'], letterId: string = crypto.randomUUID()) {
    harness.contacts.tokens.set(letterId, `${somebody.id}.secret`);
    return harness.deliver(letterWantedV1, letterId, { letterId, accountId: somebody.id, purpose });
  }
  function somebody(emailVerified: boolean): Identified {
    const one = newPatient();
    harness.contacts.set(one.id, { emailVerified });
    return one;
  }

  it('goes to an address that nobody has proven, with its link and without a name, and rings no bell', async () => {
    const newcomer = somebody(false);
    await want(newcomer, 'verification');
    await allSent();
    const { message } = to(newcomer)[0]!;
    expect(textOf(message)).toContain(`https://clinique.example/verify-email#token=${newcomer.id}.secret`);
    expect(textOf(message)).not.toContain('Amina');
    expect(await harness.listOf(newcomer)).toMatchObject({ items: [], unread: 0 });
  });

  it('of a doubled event goes once', async () => {
    const newcomer = somebody(false);
    const letterId = crypto.randomUUID();
    harness.contacts.tokens.set(letterId, 'x');
    const data = { letterId, accountId: newcomer.id, purpose: 'recovery' } as const;
    const id = await harness.deliver(letterWantedV1, letterId, data);
    await Promise.all([
      harness.deliver(letterWantedV1, letterId, data, { id }),
      harness.deliver(letterWantedV1, letterId, data, { id }),
    ]);
    await allSent();
    expect(to(newcomer)).toHaveLength(1);
  });

  it('is not sent any more where another letter took its place', async () => {
    const newcomer = somebody(false);
    const letterId = crypto.randomUUID();
    await harness.deliver(letterWantedV1, letterId, { letterId, accountId: newcomer.id, purpose: 'verification' });
    await allSent();
    expect(to(newcomer)).toEqual([]);
  });

  it('waits for identity, and goes once', async () => {
    const newcomer = somebody(false);
    harness.contacts.down = true;
    await want(newcomer, 'verification');
    await eventually(() => harness.contacts.asked.includes(newcomer.id), patience);
    harness.contacts.down = false;
    await eventually(async () => {
      await harness.pausesAreOver();
      return (await waiting()) === 0;
    }, patience);
    expect(to(newcomer)).toHaveLength(1);
  });

  it('tells of another password, of a suspension and of its end', async () => {
    const owner = somebody(true);
    await want(owner, 'credentials-changed');
    await harness.deliver(accountSuspendedV1, owner.id, { accountId: owner.id, role: 'patient' });
    await harness.deliver(accountReinstatedV1, owner.id, { accountId: owner.id, role: 'patient' }, { sequence: 2 });
    await allSent();
    const texts = to(owner)
      .map(({ message }) => textOf(message))
      .join('\n');
    expect(texts).toContain('https://clinique.example/forgot-password');
    expect(texts).toContain('Un administrateur a suspendu votre compte');
    expect(texts).toContain('n’est plus suspendu');
    expect(await harness.listOf(owner)).toMatchObject({ items: [] });
  });

  it(`${proven ? 'keeps' : 'does not keep'} everything else from an address that nobody has proven`, async () => {
    const [doctor, patient] = [newDoctor(), somebody(false)];
    harness.contacts.set(doctor.id, {});
    const data = harness.appointment(doctor, patient);
    await harness.deliver(appointmentAcceptedV1, data.appointmentId, data);
    await harness.deliver(accountSuspendedV1, patient.id, { accountId: patient.id, role: 'patient' });
    await allSent();
    expect([to(doctor).length, to(patient).length]).toEqual([1, proven ? 0 : 2]);
    // The bell tells all the same.
    expect((await harness.listOf(patient)).items).toHaveLength(1);
    harness.contacts.set(patient.id, { emailVerified: true });
    const next = harness.appointment(doctor, patient);
    await harness.deliver(appointmentAcceptedV1, next.appointmentId, next);
    await allSent();
    expect(to(patient)).toHaveLength(proven ? 1 : 3);
  });
});
