import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Notification } from '../domain/notification.js';
import {
  Clock,
  type Contact,
  Contacts,
  type Letter,
  type LinkedContact,
  type Mail,
  Mailer,
  MailQueue,
  type PaceChange,
  Paces,
  People,
} from '../domain/ports.js';
import type { Pace } from '../domain/pace.js';
import { LetterWriter } from './letter-writer.js';
import { Parcels } from './parcels.js';
import { SendMailHandler } from './send-mail.js';

const second = 1_000;
const start = new Date('2026-11-23T08:00:00Z').getTime();

class TestClock extends Clock {
  constructor(public at = start) {
    super();
  }
  now = () => new Date(this.at);
}

class Nobody extends People {
  keep = async () => undefined;
  find = async () => new Map();
}

class KnownContacts extends Contacts {
  answer: () => Promise<Contact | undefined> = async () => ({
    email: 'a@example.tn',
    emailVerified: true,
    locale: 'en',
    firstName: 'Amina',
    lastName: 'Ben Salah',
  });
  linkFor = async (): Promise<LinkedContact | undefined> => undefined;
  of = () => this.answer();
}

class Outgoing extends Mailer {
  readonly mails: Mail[] = [];
  before: (mail: Mail) => void = () => undefined;
  async send(mail: Mail) {
    this.before(mail);
    this.mails.push(mail);
  }
}

class Queue extends MailQueue {
  readonly log: [string, ...unknown[]][] = [];
  letters: Letter[] = [];
  failing = 0;
  enqueue = async () => undefined;
  enqueueAccountLetter = async () => undefined;
  claim = async () => ({ letters: this.letters.splice(0), next: undefined });
  async sent(ids: readonly string[]) {
    if (this.failing-- > 0) throw new Error('database away');
    this.log.push(['sent', ...ids]);
  }
  async postpone(letters: readonly Letter[], until: Date) {
    for (const { id } of letters) this.log.push(['postponed', id, (until.getTime() - start) / second]);
  }
  async release(letters: readonly Letter[]) {
    this.log.push(['released', ...letters.map(({ id }) => id)]);
  }
  async holdBack(letters: readonly Letter[], until: Date) {
    this.log.push(['held back', ...letters.map(({ id }) => id), (until.getTime() - start) / second]);
  }
  async bundle(letters: readonly Letter[], id: string) {
    this.log.push(['bundled', id, ...letters.map((letter) => letter.id)]);
  }
  async giveUp({ id }: Letter, failure: string) {
    this.log.push(['given up', id, failure]);
  }
}

class PacesInMemory extends Paces {
  readonly kept = new Map<string, Pace>();
  /** Accounts that another replica writes to at this moment. */
  readonly late = new Set<string>();
  of = async () => this.kept;
  async keep(changes: readonly PaceChange[]) {
    for (const { accountId, after } of changes) if (!this.late.has(accountId)) this.kept.set(accountId, after);
    return this.late;
  }
}

/** Of an account of its own. */
const letter = (id: string, attempts = 1, queuedAt = new Date(start)) => ({
  id,
  notification: {
    id,
    accountId: `patient-of-${id}`,
    kind: 'appointment-accepted',
    side: 'patient',
    otherId: 'd1',
    appointmentId: 'a1',
    startsAt: new Date('2026-11-30T08:00:00Z'),
    byReader: false,
    reason: null,
    createdAt: new Date('2026-11-01T08:00:00Z'),
    readAt: null,
  } satisfies Notification,
  attempts,
  queuedAt,
  claim: 'c',
});

describe('sending letters', () => {
  let queue: Queue;
  let contacts: KnownContacts;
  let mailer: Outgoing;
  let clock: TestClock;
  let paces: PacesInMemory;
  let handler: SendMailHandler;
  beforeEach(() => {
    [queue, contacts, mailer, clock] = [new Queue(), new KnownContacts(), new Outgoing(), new TestClock()];
    const receipts = {
      of: async () => ({ filename: 'r.pdf', contentType: 'application/pdf', content: Buffer.from('r') }),
    };
    const publicUrl = { value: 'https://medflow.example' };
    const writer = new LetterWriter(contacts, receipts, publicUrl, { provenOnly: true });
    paces = new PacesInMemory();
    handler = new SendMailHandler(queue, new Nobody(), new Parcels(queue, paces), writer, mailer, clock);
  });

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

  describe('when many wait for one account', () => {
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
});
