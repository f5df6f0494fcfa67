import { beforeEach, describe, expect, it } from '@jest/globals';
import { letter, mailInMemory, second, start } from '../../test/mail-in-memory.js';

type Fakes = ReturnType<typeof mailInMemory>;
let queue: Fakes['queue'];
let contacts: Fakes['contacts'];
let mailer: Fakes['mailer'];
let clock: Fakes['clock'];
let handler: Fakes['handler'];
beforeEach(() => {
  ({ queue, contacts, mailer, clock, handler } = mailInMemory());
});

describe('sending letters', () => {
  it('writes in the language that identity tells, under the notification’s id', async () => {
    queue.letters = [letter('n1')];
    expect((await handler.execute()).failures).toEqual([]);
    expect(mailer.mails).toEqual([
      expect.objectContaining({
        id: 'n1',
        to: { name: 'Amina Ben Salah', address: 'a@example.tn' },
        subject: 'Appointment confirmed',
        text: expect.stringContaining('https://medflow.example/appointments'),
      }),
    ]);
    expect(queue.log).toEqual([['sent', 'n1']]);
  });

  it('brings the receipt with the news of a payment, and with no other', async () => {
    const paid = letter('n2');
    queue.letters = [
      letter('n1'),
      { ...paid, notification: { ...paid.notification, kind: 'payment-captured', paymentId: 'pay1', startsAt: null } },
    ];
    await handler.execute();
    expect(mailer.mails.map(({ id, attachments = [] }) => [id, attachments.map(({ filename }) => filename)])).toEqual([
      ['n1', []],
      ['n2', ['r.pdf']],
    ]);
  });

  it('is done with a letter whose account is gone', async () => {
    contacts.answer = async () => undefined;
    queue.letters = [letter('n1')];
    await handler.execute();
    expect(mailer.mails).toEqual([]);
    expect(queue.log).toEqual([['sent', 'n1']]);
  });

  it.each([
    [1, 5],
    [2, 10],
    [5, 80],
    [10, 2_560],
    [11, 3_600],
    [500, 3_600],
  ])('waits longer each time: attempt %d is followed by a pause of %d s', async (attempts, pause) => {
    contacts.answer = async () => {
      throw new Error('identity away');
    };
    queue.letters = [letter('n1', attempts)];
    expect((await handler.execute()).failures).toEqual([{ id: 'n1', message: 'identity away', gaveUp: false }]);
    expect(queue.log).toEqual([['postponed', 'n1', pause]]);
  });

  it('gives up a day after it was queued, however old the event', async () => {
    mailer.before = () => {
      throw new Error('refused');
    };
    const day = 86_400 * second;
    queue.letters = [letter('young', 3, new Date(start - day + 1)), letter('old', 30, new Date(start - day))];
    expect((await handler.execute()).failures.map(({ id, gaveUp }) => [id, gaveUp])).toEqual([
      ['young', false],
      ['old', true],
    ]);
    expect(queue.log).toContainEqual(['given up', 'old', 'refused']);
  });

  it('sends the others where one fails', async () => {
    mailer.before = ({ id }) => {
      if (id === 'n2') throw new Error('no such mailbox');
    };
    queue.letters = ['n1', 'n2', 'n3'].map((id) => letter(id));
    await handler.execute();
    expect(queue.log).toEqual([
      ['postponed', 'n2', 5],
      ['sent', 'n1', 'n3'],
    ]);
  });

  it('begins nothing more once stopped, and hands back the rest', async () => {
    let stopped = false;
    mailer.before = ({ id }) => (stopped ||= id === 'n2');
    queue.letters = Array.from({ length: 40 }, (_, index) => letter(`n${index}`));
    await handler.execute(() => stopped);
    const [[, ...released]] = queue.log.filter(([what]) => what === 'released') as [[string, ...string[]]];
    expect(released).toContain('n39');
    expect([...mailer.mails.map(({ id }) => id), ...released].sort()).toEqual(
      Array.from({ length: 40 }, (_, index) => `n${index}`).sort(),
    );
  });

  it('claims the next batch while it sends this one', async () => {
    queue.most = 2;
    queue.letters = ['n1', 'n2', 'n3', 'n4', 'n5'].map((id) => letter(id));
    const left: number[] = [];
    mailer.before = () => void left.push(queue.letters.length);
    expect(await handler.execute()).toMatchObject({ isMore: true });
    expect(await handler.execute()).toMatchObject({ isMore: true });
    expect((await handler.execute()).isMore).toBeUndefined();
    expect(left).toEqual([1, 1, 0, 0, 0]);
    expect(mailer.mails.map(({ id }) => id)).toEqual(['n1', 'n2', 'n3', 'n4', 'n5']);
    expect(await handler.execute()).toEqual({ failures: [], next: undefined });
  });

  it('hands back what it had claimed ahead once it is stopped', async () => {
    let stopped = false;
    mailer.before = () => void (stopped = true);
    queue.most = 2;
    queue.letters = ['n1', 'n2', 'n3', 'n4'].map((id) => letter(id));
    expect(await handler.execute(() => stopped)).toMatchObject({ isMore: true });
    expect((await handler.execute(() => stopped)).isMore).toBeUndefined();
    expect(mailer.mails.map(({ id }) => id)).toEqual(['n1', 'n2']);
    expect(queue.log).toEqual([
      ['sent', 'n1', 'n2'],
      ['released', 'n3', 'n4'],
    ]);
  });

  it('begins nothing of what it claimed so long ahead that the turn may not outlast it', async () => {
    mailer.before = () => void (clock.at += 31 * second);
    queue.most = 2;
    queue.letters = ['n1', 'n2', 'n3', 'n4', 'n5'].map((id) => letter(id));
    for (let batch = 0; batch < 3; batch += 1) await handler.execute();
    expect(mailer.mails.map(({ id }) => id)).toEqual(['n1', 'n2', 'n5']);
    expect(queue.log).toContainEqual(['released', 'n3', 'n4']);
  });

  it('begins nothing that its turn may not outlast', async () => {
    mailer.before = () => void (clock.at += 20 * second);
    queue.letters = Array.from({ length: 40 }, (_, index) => letter(`n${index}`));
    await handler.execute();
    expect(mailer.mails.length).toBeLessThan(40);
    expect(queue.log.at(-1)).toEqual([
      'released',
      ...[...Array(40).keys()].slice(mailer.mails.length).map((n) => `n${n}`),
    ]);
  });

  it('writes down what left every second, not at the end of the batch only', async () => {
    mailer.before = () => void (clock.at += 400);
    queue.letters = Array.from({ length: 20 }, (_, index) => letter(`n${index}`));
    await handler.execute();
    const marked = queue.log.map(([what, ...ids]) => (what === 'sent' ? ids : []));
    expect(marked.length).toBeGreaterThan(2);
    expect(marked.flat().sort()).toEqual(mailer.mails.map(({ id }) => id).sort());
  });

  it('writes down later what could not be written down at once, each letter once', async () => {
    mailer.before = () => void (clock.at += 400);
    queue.letters = Array.from({ length: 20 }, (_, index) => letter(`n${index}`));
    queue.failing = 1;
    await expect(handler.execute()).rejects.toThrow('database away');
    const marked = queue.log.flatMap(([what, ...ids]) => (what === 'sent' ? ids : []));
    expect(mailer.mails.length).toBe(20);
    expect(marked.sort()).toEqual(mailer.mails.map(({ id }) => id).sort());
  });
});
