import { messageSentV1, messagesReadV1 } from '@medflow/contracts';
import { eventually, type Identified } from '@medflow/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newDoctor, newPatient, NotificationsHarness } from './harness.js';

let harness: NotificationsHarness;
let doctor: Identified;
let patient: Identified;
let conversationId: string;
beforeAll(async () => {
  harness = await NotificationsHarness.start();
});
afterAll(() => harness.stop());
beforeEach(async () => {
  [doctor, patient, conversationId] = [newDoctor(), newPatient(), crypto.randomUUID()];
  await harness.registered(patient, { firstName: 'Leïla', lastName: 'Gharbi' });
  await harness.doctorPublished(doctor, 1, 'Karim');
});

/** The patient writes. */
function sent(number: number, given: { id?: string; replayed?: boolean } = {}, more: object = {}): Promise<string> {
  const data = {
    conversationId,
    messageId: `${conversationId}-${number}`,
    authorId: patient.id,
    authorRole: 'patient' as const,
    recipientId: doctor.id,
    sentAt: new Date().toISOString(),
    ...more,
  };
  return harness.deliver(messageSentV1, conversationId, data, { sequence: number, ...given });
}

let readings = 0;
function read(upTo: number): Promise<string> {
  const data = { conversationId, readerId: doctor.id, authorId: patient.id, upTo, readAt: new Date().toISOString() };
  readings += 1;
  return harness.deliver(messagesReadV1, `${conversationId}.doctor`, data, { sequence: readings });
}

const lettersTo = ({ id }: Identified) =>
  harness.collection('mail_queue').find({ 'notification.accountId': id }).toArray();

describe('a message', () => {
  it('is announced to whoever did not write it, and nothing is said of it', async () => {
    await sent(1);
    const { items, unread } = await harness.listOf(doctor);
    expect([items, unread]).toEqual([
      [
        {
          id: `${conversationId}.1.d`,
          type: 'message-received',
          title: 'Un message vous attend',
          body: 'Leïla Gharbi vous a écrit. Lisez son message dans MedFlow.',
          data: { conversationId },
          createdAt: expect.any(String),
          readAt: null,
        },
      ],
      1,
    ]);
    expect((await harness.listOf(patient)).items).toEqual([]);
    await eventually(() => harness.live.some(({ data }) => data.conversationId === conversationId));
  });

  it('is announced once until it is read, however many come, in both directions alike', async () => {
    await sent(1);
    await sent(2);
    await sent(3);
    expect([(await harness.listOf(doctor)).items.length, (await lettersTo(doctor)).length]).toEqual([1, 1]);
    await sent(4, {}, { authorId: doctor.id, authorRole: 'doctor', recipientId: patient.id });
    const [own] = (await harness.listOf(patient)).items;
    expect(own.body).toBe('Dr Karim Trabelsi vous a écrit. Lisez son message dans MedFlow.');
    await read(4);
    await sent(5);
    const { items } = await harness.listOf(doctor);
    expect(items.map(({ readAt }: { readAt: string | null }) => readAt === null)).toEqual([true, false]);
  });

  it('has a letter that waits five minutes, and none once it is read', async () => {
    await sent(1);
    const [letter] = await lettersTo(doctor);
    expect((letter!.dueAt as Date).getTime() - Date.now()).toBeGreaterThan(4 * 60_000);
    await read(1);
    expect(await lettersTo(doctor)).toEqual([]);
    expect((await harness.listOf(doctor)).unread).toBe(0);
  });

  it('that nobody reads is told of by letter, which says only that it waits', async () => {
    harness.contacts.set(doctor.id, { email: `${conversationId}@example.tn`, firstName: 'Karim' });
    await sent(1);
    await harness.pausesAreOver();
    // The sender knows of five minutes; another letter makes it look.
    await sent(1, {}, { conversationId: crypto.randomUUID() });
    const mail = await eventually(async () => {
      const { items } = (await harness.call('GET', '/mailbox/api')).body;
      return items.find(({ to }: { to: string }) => JSON.stringify(to).includes(conversationId));
    });
    expect(mail.subject).toBe('Un message vous attend');
    expect(mail.text).toContain(`/messages/${conversationId}`);
    expect(mail.text).toContain('Leïla Gharbi vous a écrit.');
  });

  it('has one effect when it is told twice, also after the inbox forgot it', async () => {
    const id = await sent(1);
    await Promise.all([sent(1, { id }), sent(1, { id })]);
    await harness.collection('inbox').deleteOne({ _id: `notifications.messages|${id}` });
    await sent(1, { id });
    expect([(await harness.listOf(doctor)).items.length, (await lettersTo(doctor)).length]).toEqual([1, 1]);
  });

  it('that was read before it was heard of is not announced', async () => {
    await read(2);
    await sent(2);
    await sent(1);
    expect((await harness.listOf(doctor)).items).toEqual([]);
    await sent(3);
    expect((await harness.listOf(doctor)).items).toHaveLength(1);
  });

  it('that the doctor has answered by itself is not announced', async () => {
    const automatic = { authorId: doctor.id, authorRole: 'doctor', recipientId: patient.id, automatic: true };
    await sent(1, {}, automatic);
    expect((await harness.listOf(patient)).items).toEqual([]);
  });
});
