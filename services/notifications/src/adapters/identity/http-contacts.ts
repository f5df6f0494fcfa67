import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import { LRUCache } from 'lru-cache';
import type { AccountLetter } from '../../domain/account-letter.js';
import { AddressRule, type Contact, Contacts, type LinkedContact } from '../../domain/ports.js';

const TIMEOUT_MS = 5_000;
/** A changed address counts from then on. */
const REMEMBERED_MS = 60_000;

/** Asks identity when a letter is sent: addresses and links are neither on the bus nor kept here. */
@Injectable()
export class HttpContacts extends Contacts {
  private readonly known = new LRUCache<string, Contact>({ max: 1_000, ttl: REMEMBERED_MS });

  constructor(
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    private readonly rule: AddressRule,
  ) {
    super();
  }

  async of(accountId: string): Promise<Contact | undefined> {
    const known = this.known.get(accountId);
    if (known) return known;
    const contact = await this.ask<Contact>(`accounts/${encodeURIComponent(accountId)}/contact`);
    // An address is proven from one moment to the next, and the next letter may go.
    if (contact && (contact.emailVerified || !this.rule.provenOnly)) this.known.set(accountId, contact);
    return contact;
  }

  linkFor({ id, accountId, kind: purpose }: AccountLetter): Promise<LinkedContact | undefined> {
    return this.ask<LinkedContact>(`letters/${encodeURIComponent(id)}/write`, { accountId, purpose });
  }

  private async ask<T extends Contact>(path: string, body?: object): Promise<T | undefined> {
    const response = await fetch(`${this.config.upstreams.identity}/internal/${path}`, {
      headers: {
        'x-medflow-internal': this.config.internalToken,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`identity answered ${response.status}`);
    const contact = (await response.json()) as T;
    // An older release does not know: the letter waits for the newer one.
    if (typeof contact.emailVerified !== 'boolean') throw new Error('identity does not say whose address it is');
    return contact;
  }
}
