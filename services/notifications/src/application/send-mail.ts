import { Injectable } from '@nestjs/common';
import type { Notification, Person } from '../domain/notification.js';
import { Clock, Contacts, Mailer, MailQueue, People } from '../domain/ports.js';
import { letterOf } from '../domain/letters.js';
import { rendered } from './notify.js';

const BATCH = 50;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 3_600_000;
const GIVE_UP_AFTER_MS = 86_400_000;

/** Where the reader's appointments are. */
export abstract class PublicUrl {
  abstract readonly value: string;
}

@Injectable()
export class SendMailHandler {
  constructor(
    private readonly queue: MailQueue,
    private readonly contacts: Contacts,
    private readonly people: People,
    private readonly mailer: Mailer,
    private readonly publicUrl: PublicUrl,
    private readonly clock: Clock,
  ) {}

  /** Sends what is due; a letter that fails waits longer each time and is given up after a day. How many were tried. */
  async execute(): Promise<number> {
    const letters = await this.queue.claim(this.clock.now(), BATCH);
    if (letters.length === 0) return 0;
    const people = await this.people.find([
      ...new Set(letters.flatMap(({ notification: n }) => [n.accountId, n.otherId])),
    ]);
    const sent: string[] = [];
    for (const { notification, attempts } of letters) {
      try {
        await this.send(notification, people);
        sent.push(notification.id);
      } catch (error) {
        await this.later(notification, attempts, error as Error);
      }
    }
    if (sent.length > 0) await this.queue.sent(sent);
    return letters.length;
  }

  private async send(notification: Notification, people: ReadonlyMap<string, Person>): Promise<void> {
    const contact = await this.contacts.of(notification.accountId);
    // Nobody to write to any more: the letter is done with.
    if (!contact) return;
    const { title, body } = rendered(notification, people, contact.locale);
    await this.mailer.send(
      letterOf({ id: notification.id, contact, title, body, url: `${this.publicUrl.value}/appointments` }),
    );
  }

  private async later({ id, createdAt }: Notification, attempts: number, error: Error): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - createdAt.getTime() > GIVE_UP_AFTER_MS) return this.queue.giveUp(id, error.message);
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts, 12));
    return this.queue.postpone(id, new Date(now.getTime() + pauseMs));
  }
}
