import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { FHIR_JSON } from '../domain/fhir/fhir.js';
import { Clock, Ids } from '../domain/ports.js';
import {
  checkExpiry,
  Envelopes,
  isOpenLink,
  MAX_ATTEMPTS,
  MAX_LINKS,
  type SharedLink,
  SharedLinks,
  TooManyLinks,
} from '../domain/share.js';
import { UnitOfWork } from '../domain/unit-of-work.js';
import { ExportRecordHandler } from './export-record.js';
import { type Asked, OpenRecords } from './open-records.js';
import { hashPasscode } from './passcode.js';

export interface NewLink {
  readonly label?: string;
  readonly expiresAt: Date;
  readonly passcode?: string;
}

const RANDOM_BYTES = 32;
const random = () => randomBytes(RANDOM_BYTES).toString('base64url');

/** A patient's SMART Health Links. */
@Injectable()
export class ShareRecordHandler {
  constructor(
    private readonly records: OpenRecords,
    private readonly summaries: ExportRecordHandler,
    private readonly links: SharedLinks,
    private readonly envelopes: Envelopes,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Newest first, those that are over too. @throws NotTheirs */
  async list(asked: Asked): Promise<SharedLink[]> {
    await this.records.expect(asked, 'share');
    return this.links.of(asked.patientId);
  }

  /** Shares the record as it is now. @throws NotTheirs, InvalidExpiry, TooManyLinks */
  async share(asked: Asked, { label, expiresAt, passcode }: NewLink): Promise<SharedLink> {
    const purpose = await this.records.expect(asked, 'share');
    const { patientId } = asked;
    const now = this.clock.now();
    checkExpiry(expiresAt, now);
    const open = (await this.links.of(patientId)).filter((link) => isOpenLink(link, now));
    if (open.length >= MAX_LINKS) throw new TooManyLinks(`${open.length} links are open`);
    const secret = {
      manifestId: random(),
      key: random(),
      ...(label !== undefined && { label }),
      ...(passcode !== undefined && { passcodeHash: await hashPasscode(passcode) }),
    };
    const id = this.ids.next();
    const link = { id, patientId, secret, createdAt: now, expiresAt, attemptsLeft: MAX_ATTEMPTS, openings: [] };
    const bundle = await this.summaries.bundle(patientId);
    const file = await this.envelopes.encrypt(JSON.stringify(bundle), FHIR_JSON, secret.key);
    await this.work.run(patientId, async () => {
      await this.links.add(link, file);
      await this.records.note(asked, 'create-link', purpose, id);
    });
    return link;
  }

  /** Revoked again, it stays revoked since the first time. @throws NotTheirs, NotFound */
  async revoke(asked: Asked, id: string): Promise<void> {
    const purpose = await this.records.expect(asked, 'share');
    const link = await this.links.find(asked.patientId, id);
    if (link.revokedAt) return;
    await this.work.run(asked.patientId, async () => {
      await this.links.revoke(link, this.clock.now());
      await this.records.note(asked, 'revoke-link', purpose, id);
    });
  }
}
