import { Injectable } from '@nestjs/common';
import { CareVisits } from '@medflow/care';
import { People } from '@medflow/people';
import { CountryRules } from '@medflow/rules';
import { FOLLOWS_FOR_DAYS, refusalByVideo } from '../domain/by-video.js';
import { type Author, Entry, type EntryContent, type EntryState } from '../domain/entry.js';
import { VersionMismatch } from '../domain/errors.js';
import { Clock, Ids } from '../domain/ports.js';
import { Entries } from '../domain/record.js';
import { UnitOfWork } from '../domain/unit-of-work.js';
import { type Asked, OpenRecords } from './open-records.js';
import type { Named } from './read-record.js';

const DAY_MS = 86_400_000;

export interface Written {
  readonly entry: EntryState;
  readonly people: Named;
}

/** Writes into records; the entry and its line in the access log are stored together. */
@Injectable()
export class WriteEntryHandler {
  constructor(
    private readonly records: OpenRecords,
    private readonly entries: Entries,
    private readonly work: UnitOfWork,
    private readonly people: People,
    private readonly care: CareVisits,
    private readonly rules: CountryRules,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws NotTheirs, InvalidEntry, CertificateByVideo, MedicineByVideo */
  async write(asked: Asked, content: EntryContent): Promise<Written> {
    const purpose = await this.records.expect(asked, 'write');
    await this.expectAllowed(asked, content);
    const given = { id: this.ids.next(), patientId: asked.patientId, content, author: authorOf(asked) };
    const entry = Entry.write(given, this.clock.now());
    await this.work.run(asked.patientId, async () => {
      await this.entries.save(entry);
      await this.records.note(asked, 'write-entry', purpose, entry.state.id);
    });
    return this.named(entry);
  }

  /**
   * A new version, which says why.
   * @param version that the caller insists on
   * @throws NotTheirs, NotFound, InvalidEntry, EntryWithdrawn, VersionMismatch, ConcurrentChange, CertificateByVideo,
   * MedicineByVideo
   */
  correct(asked: Asked, id: string, content: EntryContent, reason: string, version?: number): Promise<Written> {
    return this.change(asked, id, 'correct', version, async (entry, now) => {
      await this.expectAllowed(asked, content);
      return entry.correct(content, authorOf(asked), reason, now);
    });
  }

  /** @throws NotTheirs, NotFound, EntryWithdrawn, VersionMismatch, ConcurrentChange */
  withdraw(asked: Asked, id: string, reason: string, version?: number): Promise<Written> {
    return this.change(asked, id, 'withdraw', version, (entry, now) => entry.withdraw(authorOf(asked), reason, now));
  }

  private async change(
    asked: Asked,
    id: string,
    step: 'correct' | 'withdraw',
    version: number | undefined,
    decide: (entry: Entry, now: Date) => Entry | Promise<Entry>,
  ): Promise<Written> {
    const purpose = await this.records.expect(asked, step);
    const stored = await this.entries.find(asked.patientId, id);
    if (version !== undefined && version !== stored.version)
      throw new VersionMismatch(`version is ${stored.version}, not ${version}`);
    const entry = await decide(Entry.restore(stored), this.clock.now());
    await this.work.run(asked.patientId, async () => {
      await this.entries.save(entry);
      await this.records.note(asked, `${step}-entry`, purpose, id);
    });
    return this.named(entry);
  }

  /** What the country lets nobody write after a visit by video; what else is written asks for nothing. */
  private async expectAllowed({ by, patientId }: Asked, content: EntryContent): Promise<void> {
    const refusal = refusalByVideo(content, this.rules);
    if (!refusal) return;
    const now = this.clock.now();
    const last = await this.care.lastEncounter(by.id, patientId, now);
    const isRecent = last && now.getTime() - last.endsAt.getTime() < FOLLOWS_FOR_DAYS * DAY_MS;
    if (isRecent && last.mode === 'video') throw refusal;
  }

  private async named({ state }: Entry): Promise<Written> {
    return { entry: state, people: await this.people.find([state.author.id]) };
  }
}

const authorOf = ({ by }: Asked): Author => ({ id: by.id, role: by.role as Author['role'] });
