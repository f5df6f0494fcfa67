import { PeopleInMemory } from '@medflow/testing';
import type { Notification } from '../src/domain/notification.js';
import type { Pace } from '../src/domain/pace.js';
import {
  type ClaimedLetters,
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
} from '../src/domain/ports.js';
import { LetterWriter } from '../src/application/letter-writer.js';
import { Parcels } from '../src/application/parcels.js';
import { SendMailHandler } from '../src/application/send-mail.js';

export const second = 1_000;
export const start = new Date('2026-11-23T08:00:00Z').getTime();

export class TestClock extends Clock {
  constructor(public at = start) {
    super();
  }
  now = () => new Date(this.at);
}

export class KnownContacts extends Contacts {
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

export class OutgoingMails extends Mailer {
  readonly mails: Mail[] = [];
  before: (mail: Mail) => void = () => undefined;
  async send(mail: Mail) {
    this.before(mail);
    this.mails.push(mail);
  }
}

export class MailQueueInMemory extends MailQueue {
  readonly log: [string, ...unknown[]][] = [];
  letters: Letter[] = [];
  failing = 0;
  enqueue = async () => undefined;
  withdraw = async () => undefined;
  enqueueAccountLetter = async () => undefined;
  /** Letters of one claim. */
  most = Infinity;
  async claim(now: Date): Promise<ClaimedLetters> {
    const letters = this.letters.splice(0, this.most);
    return { letters, next: this.letters.length > 0 ? now : undefined };
  }
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

export class PacesInMemory extends Paces {
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
export const letter = (id: string, attempts = 1, queuedAt = new Date(start)) => ({
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

/** The handler with fakes of all that it uses. */
export function mailInMemory() {
  const [queue, contacts, mailer] = [new MailQueueInMemory(), new KnownContacts(), new OutgoingMails()];
  const [clock, paces] = [new TestClock(), new PacesInMemory()];
  const receipts = {
    of: async () => ({ filename: 'r.pdf', contentType: 'application/pdf', content: Buffer.from('r') }),
  };
  const publicUrl = { value: 'https://medflow.example' };
  const writer = new LetterWriter(contacts, receipts, publicUrl, { provenOnly: true });
  const handler = new SendMailHandler(queue, new PeopleInMemory(), new Parcels(queue, paces), writer, mailer, clock);
  return { queue, contacts, mailer, clock, paces, handler };
}
