import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import { LRUCache } from 'lru-cache';
import { type Contact, Contacts } from '../../domain/ports.js';

const TIMEOUT_MS = 5_000;
/** A changed address counts from then on. */
const REMEMBERED_MS = 60_000;

/** Asks identity when a letter is sent: addresses are neither on the bus nor kept here. */
@Injectable()
export class HttpContacts extends Contacts {
  private readonly known = new LRUCache<string, Contact>({ max: 1_000, ttl: REMEMBERED_MS });

  constructor(@Inject(SERVICE_CONFIG) private readonly config: ServiceConfig) {
    super();
  }

  async of(accountId: string): Promise<Contact | undefined> {
    const known = this.known.get(accountId);
    if (known) return known;
    const response = await fetch(
      `${this.config.upstreams.identity}/internal/accounts/${encodeURIComponent(accountId)}/contact`,
      {
        headers: { 'x-medflow-internal': this.config.internalToken },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
    );
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`identity answered ${response.status}`);
    const contact = (await response.json()) as Contact;
    this.known.set(accountId, contact);
    return contact;
  }
}
