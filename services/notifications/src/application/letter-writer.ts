import type { Person } from '@medflow/people';
import { Injectable } from '@nestjs/common';
import { type AccountLetter, bringsLink, type LinkKind } from '../domain/account-letter.js';
import { accountWayOf, bundleOf, letterOf, wayOf } from '../domain/letters.js';
import type { Notification } from '../domain/notification.js';
import { AddressRule, type Contact, Contacts, type Letter, type Mail, Receipts } from '../domain/ports.js';
import { texts } from '../domain/texts.js';
import { rendered } from './notify.js';
import type { NewsLetter } from './parcels.js';

/** Where the web client is. */
export abstract class PublicUrl {
  abstract readonly value: string;
}

/** What stands in a letter and where it goes, found when it is sent: names, languages and addresses may change. */
@Injectable()
export class LetterWriter {
  constructor(
    private readonly contacts: Contacts,
    private readonly receipts: Receipts,
    private readonly publicUrl: PublicUrl,
    private readonly rule: AddressRule,
  ) {}

  /** Undefined when there is nobody to write to, or nothing any more: the letter is done with. */
  write(letter: Letter, people: ReadonlyMap<string, Person>): Promise<Mail | undefined> {
    if ('notification' in letter) return this.news(letter.notification, people);
    return bringsLink(letter.account) ? this.link(letter.account) : this.word(letter.account);
  }

  /** All of them, news of one account in their order, as one mail. */
  async writeTogether(
    id: string,
    letters: readonly NewsLetter[],
    people: ReadonlyMap<string, Person>,
  ): Promise<Mail | undefined> {
    const contact = await this.reachable(letters[0]!.notification.accountId);
    if (!contact) return undefined;
    const items = letters.map(({ notification }) => {
      const { title, body } = rendered(notification, people, contact.locale);
      return { title, body };
    });
    return bundleOf({ id, contact, items, url: `${this.publicUrl.value}/notifications` });
  }

  private async news(notification: Notification, people: ReadonlyMap<string, Person>): Promise<Mail | undefined> {
    const contact = await this.reachable(notification.accountId);
    if (!contact) return undefined;
    const { title, body } = rendered(notification, people, contact.locale);
    const { way, path } = wayOf(notification);
    const { id, kind, paymentId } = notification;
    const receipt = kind === 'payment-captured' && paymentId ? await this.receipts.of(paymentId) : undefined;
    const url = this.publicUrl.value + path;
    return letterOf({ id, contact, title, body, way, url, ...(receipt && { attachments: [receipt] }) });
  }

  /** May go to a stranger, whose address somebody else typed: nothing that was typed with it goes along. */
  private async link(letter: AccountLetter & { kind: LinkKind }): Promise<Mail | undefined> {
    const linked = await this.contacts.linkFor(letter);
    if (!linked) return undefined;
    const { token, ...contact } = linked;
    const reader = contact.emailVerified ? contact : { ...contact, firstName: '', lastName: '' };
    return this.ofAccount(letter, reader, token);
  }

  private async word(letter: AccountLetter): Promise<Mail | undefined> {
    const contact = await this.reachable(letter.accountId);
    return contact && this.ofAccount(letter, contact);
  }

  private ofAccount({ id, kind }: AccountLetter, contact: Contact, token?: string): Mail {
    const { title, body } = texts[contact.locale].account[kind];
    const { way, path } = accountWayOf(kind, token);
    return letterOf({ id, contact, title, body, way, url: this.publicUrl.value + path });
  }

  /** Where proof is asked for, nothing but the proof itself goes to an address that may be a stranger's. */
  private async reachable(accountId: string): Promise<Contact | undefined> {
    const contact = await this.contacts.of(accountId);
    return contact && (contact.emailVerified || !this.rule.provenOnly) ? contact : undefined;
  }
}
