import { Injectable } from '@nestjs/common';
import { AccessLog } from '../domain/access-log.js';
import { NotFound } from '../domain/errors.js';
import { Clock } from '../domain/ports.js';
import { isOpenLink, type SharedLink, SharedLinks, WrongPasscode } from '../domain/share.js';
import { UnitOfWork } from '../domain/unit-of-work.js';
import { isPasscode } from './passcode.js';

export interface LinkKnock {
  readonly manifestId: string;
  /** As whoever opens it names themselves; the patient reads it. */
  readonly recipient: string;
  readonly passcode?: string;
}

/** Whoever has a link opens it: without an account, and never unseen. */
@Injectable()
export class OpenLinkHandler {
  constructor(
    private readonly links: SharedLinks,
    private readonly log: AccessLog,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * The compact JWE of the summary, which only the link's key opens.
   * @throws NotFound once it is over, revoked or closed by wrong passcodes; WrongPasscode
   */
  async open({ manifestId, recipient, passcode }: LinkKnock): Promise<string> {
    const link = await this.openLink(manifestId);
    await this.checkPasscode(link, passcode);
    const file = await this.links.file(link);
    if (file === undefined) throw new NotFound('the file is gone');
    const at = this.clock.now();
    const { id, patientId } = link;
    await this.work.run(patientId, async () => {
      await this.links.opened(link, { at, recipient });
      const line = { patientId, at, actorId: null, role: 'link', action: 'open-link', purpose: 'link' } as const;
      await this.log.append({ ...line, subjectId: id, reason: recipient });
    });
    return file;
  }

  /** For who has opened it a moment ago and fetches what it named. @throws NotFound */
  async file(manifestId: string): Promise<string> {
    const file = await this.links.file(await this.openLink(manifestId));
    if (file === undefined) throw new NotFound('the file is gone');
    return file;
  }

  private async openLink(manifestId: string): Promise<SharedLink> {
    const link = await this.links.findByManifest(manifestId);
    if (!link || !isOpenLink(link, this.clock.now())) throw new NotFound('no such link, or not any more');
    return link;
  }

  /** An attempt is taken before it is looked at: of many guesses at once no more than ten are. */
  private async checkPasscode({ id, secret, attemptsLeft }: SharedLink, passcode: string | undefined): Promise<void> {
    if (secret.passcodeHash === undefined) return;
    if (passcode === undefined) throw new WrongPasscode(attemptsLeft);
    const left = await this.links.takeAttempt(id);
    if (left === undefined) throw new NotFound('too many wrong passcodes');
    if (!(await isPasscode(passcode, secret.passcodeHash))) throw new WrongPasscode(left);
    await this.links.giveAttemptBack(id);
  }
}
