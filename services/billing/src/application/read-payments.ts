import type { AccountSubject } from '@medflow/access';
import { People, type Person } from '@medflow/people';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import { type ChargeFilter, Charges } from '../domain/charges.js';
import type { ChargeState } from '../domain/charge-state.js';
import { Clock } from '../domain/ports.js';
import { ProviderUnavailable } from '../domain/provider.js';
import { SECOND_MS } from '../domain/values.js';
import { SettleHandler } from './settle.js';

export interface PaymentRead {
  charge: ChargeState;
  doctor: Person;
}

const LOOK_EVERY_MS = 2 * SECOND_MS;
const MAX_REMEMBERED = 2_000;
const openStatuses = ['due', 'failed', 'requires-action', 'processing'];

@Injectable()
export class ReadPaymentsHandler {
  private readonly looked = new Map<string, number>();

  constructor(
    private readonly charges: Charges,
    private readonly people: People,
    private readonly settle: SettleHandler,
    private readonly clock: Clock,
  ) {}

  /** Newest first; up to `limit` + 1. */
  async list(patientId: string, filter: ChargeFilter, page: { limit: number; after?: string }): Promise<PaymentRead[]> {
    return this.withDoctors(await this.charges.list(patientId, filter, page));
  }

  /** A page that waits for its payment asks here: the provider is asked in turn. @throws NotFound, NotTheirs */
  async one(by: AccountSubject, id: string): Promise<PaymentRead> {
    const { state } = await this.charges.ofPatient(by.id, id);
    access.expect(by, 'read', 'payment', state);
    if (state.intent && openStatuses.includes(state.status) && this.mayLook(id)) {
      await this.settle.execute(id).catch((error: unknown) => {
        if (!(error instanceof ProviderUnavailable)) throw error;
      });
    }
    const [read] = await this.withDoctors([(await this.charges.ofPatient(by.id, id)).state]);
    return read!;
  }

  async withDoctors(charges: readonly ChargeState[]): Promise<PaymentRead[]> {
    const people = await this.people.find(charges.map(({ doctorId }) => doctorId));
    return charges.map((charge) => ({ charge, doctor: people.get(charge.doctorId)! }));
  }

  private mayLook(id: string): boolean {
    const now = this.clock.now().getTime();
    if (now - (this.looked.get(id) ?? 0) < LOOK_EVERY_MS) return false;
    if (this.looked.size > MAX_REMEMBERED) this.looked.clear();
    this.looked.set(id, now);
    return true;
  }
}
