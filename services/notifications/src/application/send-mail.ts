import { People, type Person } from '@medflow/people';
import { Injectable } from '@nestjs/common';
import { type ClaimedLetters, Clock, type Letter, Mailer, MailQueue } from '../domain/ports.js';
import { LetterWriter } from './letter-writer.js';
import { type NewsLetter, type Parcel, Parcels } from './parcels.js';

const BATCH = 200;
const AT_ONCE = 16;
/** Nothing is begun later than `BUSY_MS` into a turn, which begins with the claim; what was begun times out well before it ends. */
const BUSY_MS = 60_000;
const TURN_MS = 180_000;
/** What a crash could send again: one second's worth of letters. */
const MARK_EVERY_MS = 1_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 3_600_000;
const GIVE_UP_AFTER_MS = 86_400_000;

export interface MailFailure {
  id: string;
  message: string;
  /** After a day of trying. */
  gaveUp: boolean;
}

export interface SentBatch {
  readonly failures: readonly MailFailure[];
  /** When there is more to send, as far as is known; after a batch one has to look. */
  readonly next: 'at-once' | Date | undefined;
  /** More is due, and some of it claimed already: the next batch does not wait. */
  readonly isMore?: boolean;
}

interface Batch extends ClaimedLetters {
  readonly claimedAt: number;
}

@Injectable()
export class SendMailHandler {
  /** Claimed while the one before was sent. */
  private ahead: Promise<Batch> | undefined;

  constructor(
    private readonly queue: MailQueue,
    private readonly people: People,
    private readonly parcels: Parcels,
    private readonly writer: LetterWriter,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends a batch of what is due; a letter that fails waits longer each time and is given up after a day. Once `stopped`
   * says so, nothing more is begun and the rest is handed back. Where more is due than fits, the next batch is claimed meanwhile.
   */
  async execute(stopped: () => boolean = () => false): Promise<SentBatch> {
    const { claimedAt, letters, next } = await this.nextBatch();
    if (letters.length === 0) return { failures: [], next };
    const isMore = !stopped() && next !== undefined && next.getTime() <= claimedAt;
    if (isMore) this.claimAhead();
    const mayBegin = () => !stopped() && this.clock.now().getTime() - claimedAt < BUSY_MS;
    const failures = await this.sendAll(letters, mayBegin);
    return { failures, next: 'at-once', ...(isMore && { isMore }) };
  }

  private nextBatch(): Promise<Batch> {
    const ahead = this.ahead;
    this.ahead = undefined;
    return ahead ?? this.claim();
  }

  private claimAhead(): void {
    this.ahead = this.claim();
    // Told to whoever takes it.
    this.ahead.catch(() => undefined);
  }

  private async claim(): Promise<Batch> {
    const claimedAt = this.clock.now().getTime();
    const claimed = await this.queue.claim(new Date(claimedAt), new Date(claimedAt + TURN_MS), BATCH);
    return { ...claimed, claimedAt };
  }

  private async sendAll(letters: readonly Letter[], mayBegin: () => boolean): Promise<MailFailure[]> {
    if (!mayBegin()) {
      await this.queue.release(letters, this.clock.now());
      return [];
    }
    const people = await this.people.find(letters.flatMap(namedIn));
    const failed: { letter: Letter; message: string }[] = [];
    const sent = new SentMarks(this.queue, this.clock);
    const waiting = await this.parcels.of(letters, this.clock.now());
    const work = async () => {
      for (let ofAccount = waiting.shift(); ofAccount; ofAccount = waiting.shift()) {
        for (let parcel = ofAccount.shift(); parcel; parcel = ofAccount.shift()) {
          if (!mayBegin()) return void waiting.unshift([parcel, ...ofAccount]);
          try {
            await this.send(parcel, people);
          } catch (error) {
            for (const letter of parcel.letters) failed.push({ letter, message: (error as Error).message });
            continue;
          }
          await sent.add(parcel.letters.map(({ id }) => id));
        }
      }
    };
    // All of them end before this does, also where one cannot write down what it did.
    const workers = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
    const failures = await this.putOff(failed);
    await sent.write();
    for (const worker of workers) if (worker.status === 'rejected') throw worker.reason;
    const untried = waiting.flat().flatMap((parcel) => parcel.letters);
    if (untried.length > 0) await this.queue.release(untried, this.clock.now());
    return failures;
  }

  private async send({ letters, bundle }: Parcel, people: ReadonlyMap<string, Person>): Promise<void> {
    const mail = bundle
      ? await this.writer.writeTogether(bundle, letters as readonly NewsLetter[], people)
      : await this.writer.write(letters[0]!, people);
    if (mail) await this.mailer.send(mail);
  }

  /** Those that were tried equally often together: a server that is away fails all of a batch. */
  private async putOff(failed: readonly { letter: Letter; message: string }[]): Promise<MailFailure[]> {
    const now = this.clock.now().getTime();
    const byAttempts = new Map<number, Letter[]>();
    const failures: MailFailure[] = [];
    for (const { letter, message } of failed) {
      const gaveUp = now - letter.queuedAt.getTime() >= GIVE_UP_AFTER_MS;
      failures.push({ id: letter.id, message, gaveUp });
      if (gaveUp) await this.queue.giveUp(letter, message);
      else byAttempts.set(letter.attempts, [...(byAttempts.get(letter.attempts) ?? []), letter]);
    }
    for (const [attempts, letters] of byAttempts)
      await this.queue.postpone(letters, new Date(now + pauseAfter(attempts)));
    return failures;
  }
}

/** Who is named in it, beside the account that a letter about itself is for. */
const namedIn = (letter: Letter): string[] =>
  'notification' in letter ? [letter.notification.accountId, letter.notification.otherId] : [];

/** Milliseconds before the next attempt: 5 s, doubled each time, at most an hour. */
const pauseAfter = (attempts: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 12));

/** Letters that left, written down together but soon: one write each would cost more than the sending. */
class SentMarks {
  private ids: string[] = [];
  private writtenAt: number;

  constructor(
    private readonly queue: MailQueue,
    private readonly clock: Clock,
  ) {
    this.writtenAt = clock.now().getTime();
  }

  async add(ids: readonly string[]): Promise<void> {
    this.ids.push(...ids);
    if (this.clock.now().getTime() - this.writtenAt >= MARK_EVERY_MS) await this.write();
  }

  async write(): Promise<void> {
    const ids = this.ids.splice(0);
    this.writtenAt = this.clock.now().getTime();
    if (ids.length === 0) return;
    try {
      await this.queue.sent(ids);
    } catch (error) {
      this.ids.push(...ids);
      throw error;
    }
  }
}
