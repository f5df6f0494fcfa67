import { beforeEach, describe, expect, it } from '@jest/globals';
import { letter, mailInMemory, second, start } from '../../test/mail-in-memory.js';

type Fakes = ReturnType<typeof mailInMemory>;
let queue: Fakes['queue'];
let mailer: Fakes['mailer'];
let clock: Fakes['clock'];
let paces: Fakes['paces'];
let handler: Fakes['handler'];
beforeEach(() => {
  ({ queue, mailer, clock, paces, handler } = mailInMemory());
});

describe('sending letters when many wait for one account', () => {
  const ofOne = (...ids: string[]) =>
    ids.map((id, n) => {
      const { notification, ...rest } = letter(id);
      const createdAt = new Date(start + n * second);
      return { ...rest, notification: { ...notification, accountId: 'p1', createdAt } };
    });

  it('sends up to three one by one, in their order', async () => {
    queue.letters = ofOne('n1', 'n2', 'n3').reverse();
    await handler.execute();
    expect(mailer.mails.map(({ id }) => id)).toEqual(['n1', 'n2', 'n3']);
  });

  it('sends more of them as one, in their order, under an id that it keeps', async () => {
    queue.letters = [...ofOne('n1', 'n2', 'n3', 'n4').reverse(), letter('other')];
    await handler.execute();
    expect(mailer.mails.map(({ id }) => id).sort()).toEqual(['n1.all', 'other']);
    const { subject, text, html } = mailer.mails.find(({ id }) => id === 'n1.all')!;
    expect(subject).toBe('4 updates from MedFlow');
    for (const form of [text, html]) {
      expect(form.match(/Appointment confirmed/g)).toHaveLength(4);
      expect(form).toContain('https://medflow.example/notifications');
    }
    expect(queue.log[0]).toEqual(['bundled', 'n1.all', 'n1', 'n2', 'n3', 'n4']);
    expect(queue.log.flatMap(([what, ...ids]) => (what === 'sent' ? ids : [])).sort()).toEqual([
      ...['n1', 'n2', 'n3', 'n4'],
      'other',
    ]);
  });

  it('lets what comes then wait for the minute, and sends it together', async () => {
    queue.letters = ofOne('n1', 'n2', 'n3', 'n4');
    await handler.execute();
    clock.at += 10 * second;
    queue.letters = ofOne('n5', 'n6');
    await handler.execute();
    expect(queue.log.at(-1)).toEqual(['held back', 'n5', 'n6', 60]);
    clock.at = start + 60 * second;
    queue.letters = ofOne('n5', 'n6').map((one) => ({ ...one, heldBack: true }));
    await handler.execute();
    expect(mailer.mails.map(({ id }) => id)).toEqual(['n1.all', 'n5.all']);
  });

  it('sends a bundle again as it was, whatever else has come', async () => {
    const again = ofOne('n1', 'n2').map((one) => ({ ...one, bundle: 'n1.all' }));
    queue.letters = [...again, ...ofOne('n9')];
    await handler.execute();
    expect(mailer.mails.map(({ id }) => id)).toEqual(['n1.all', 'n9']);
    expect(mailer.mails[0]!.subject).toBe('2 updates from MedFlow');
  });

  it('never keeps a receipt or word of the account itself waiting', async () => {
    const receipts = ofOne('r1', 'r2').map(({ notification, ...rest }) => ({
      ...rest,
      notification: { ...notification, kind: 'payment-captured' as const, paymentId: 'pay1', startsAt: null },
    }));
    const word = { id: 's1', attempts: 1, queuedAt: new Date(start), claim: 'c' };
    const account = { id: 's1', accountId: 'p1', kind: 'credentials-changed' as const };
    queue.letters = [...ofOne('n1', 'n2', 'n3', 'n4'), ...receipts, { ...word, account }];
    paces.kept.set('p1', { lastAt: new Date(start), sent: 3 });
    await handler.execute();
    expect(mailer.mails.map(({ id }) => id).sort()).toEqual(['r1', 'r2', 's1']);
    expect(queue.log[0]).toEqual(['held back', 'n1', 'n2', 'n3', 'n4', 60]);
  });

  it('leaves the account to another replica that was faster', async () => {
    paces.late.add('p1');
    queue.letters = ofOne('n1', 'n2', 'n3', 'n4');
    await handler.execute();
    expect(mailer.mails).toEqual([]);
    expect(queue.log).toEqual([['released', 'n1', 'n2', 'n3', 'n4']]);
  });

  it('tries a bundle that failed again as one', async () => {
    mailer.before = () => {
      throw new Error('refused');
    };
    queue.letters = ofOne('n1', 'n2', 'n3', 'n4');
    expect((await handler.execute()).failures.map(({ id }) => id)).toEqual(['n1', 'n2', 'n3', 'n4']);
    expect(queue.log.slice(1)).toEqual(['n1', 'n2', 'n3', 'n4'].map((id) => ['postponed', id, 5]));
  });
});
