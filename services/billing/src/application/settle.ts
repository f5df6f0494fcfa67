import { Injectable, Logger } from '@nestjs/common';
import { Charge } from '../domain/charge.js';
import { Charges } from '../domain/charges.js';
import type { ChargeState } from '../domain/charge-state.js';
import { ConcurrentChange } from '../domain/errors.js';
import { Clock } from '../domain/ports.js';
import { type IntentSnapshot, PaymentProvider, ProviderRefused } from '../domain/provider.js';
import { checkAfter, nextStep, type Step } from '../domain/settlement.js';
import { MINUTE_MS, msAfter } from '../domain/values.js';
import { CustomersOfPatients } from './customers-of-patients.js';
import { Dealings } from './dealings.js';
import { Turnstile } from './turnstile.js';

/** More than any charge needs: capture, fee, refund and a few that another writer was faster with. */
const MAX_STEPS = 12;
const STUCK_MS = 10 * MINUTE_MS;

/**
 * Does what a charge wants, one step after the other, until nothing is left: whatever brought it here (an event, a
 * webhook, the clock), the provider is asked for the truth and only that counts.
 */
@Injectable()
export class SettleHandler {
  private readonly logger = new Logger(SettleHandler.name);

  constructor(
    private readonly charges: Charges,
    private readonly provider: PaymentProvider,
    private readonly customers: CustomersOfPatients,
    private readonly dealings: Dealings,
    private readonly turnstile: Turnstile,
    private readonly clock: Clock,
  ) {}

  /** @throws ProviderUnavailable; what was done until then is saved */
  execute(chargeId: string, wantsLook = true): Promise<void> {
    return this.turnstile.pass(chargeId, () => this.settle(chargeId, wantsLook));
  }

  private async settle(chargeId: string, wantsLook: boolean): Promise<void> {
    let look = wantsLook;
    let refused: Step['kind'] | undefined;
    for (let steps = 0; steps < MAX_STEPS; steps += 1) {
      const charge = await this.charges.find(chargeId);
      if (!charge) return;
      const now = this.clock.now();
      const step = nextStep(charge.state, now, look);
      if (!step) return this.rest(charge, now);
      if (step.kind === refused) {
        this.logger.error(`charge ${chargeId}: the provider keeps refusing to ${step.kind}`);
        return this.charges.putOff(chargeId, msAfter(now, STUCK_MS));
      }
      try {
        await this.take(charge, step);
        look = false;
      } catch (error) {
        if (error instanceof ConcurrentChange) continue;
        if (!(error instanceof ProviderRefused)) throw error;
        // It is not as we thought: what is it?
        this.logger.warn(`charge ${chargeId}: ${step.kind} refused: ${error.message}`);
        refused = step.kind;
        await this.look(chargeId);
      }
    }
  }

  /** A claim on its time that led to nothing is given up. */
  private async rest({ state }: Charge, now: Date): Promise<void> {
    const next = checkAfter(state, now);
    if (next?.getTime() !== state.checkAt?.getTime()) await this.charges.putOff(state.id, next, state.version);
  }

  private async look(chargeId: string): Promise<void> {
    const charge = await this.charges.find(chargeId);
    if (!charge?.state.intent) return;
    const { kind, id } = charge.state.intent;
    await this.apply(charge, await this.provider.read(kind, id));
  }

  private async take(charge: Charge, step: Step): Promise<void> {
    const { state } = charge;
    if (step.kind === 'void') {
      charge.void(this.clock.now());
      return this.charges.save(charge);
    }
    if (!state.intent) return;
    const { id: intentId, kind } = state.intent;
    const deed = (name: string) => ({ chargeId: state.id, kind: step.kind, key: `${state.id}:${state.round}:${name}` });
    switch (step.kind) {
      case 'read':
        return this.apply(charge, await this.provider.read(kind, intentId));
      case 'capture':
        return this.apply(
          charge,
          await this.dealings.perform(deed('capture'), (key) => this.provider.capture(intentId, key)),
        );
      case 'charge-off-session':
        return this.chargeOffSession(charge, state);
      case 'refund': {
        const { amount } = step;
        // Numbered: the second half of a refund is another deed than the first.
        const refund = deed(`refund:${state.refunds.length}:${amount}`);
        return this.apply(
          charge,
          await this.dealings.perform(refund, (key) => this.provider.refund(intentId, amount, key)),
        );
      }
      case 'cancel': {
        const seen = step.unlessPaid ? await this.provider.read(kind, intentId) : undefined;
        if (seen && ['requires_capture', 'processing', 'succeeded'].includes(seen.status))
          return this.apply(charge, seen);
        return this.apply(
          charge,
          await this.dealings.perform(deed('cancel'), (key) => this.provider.cancel(kind, intentId, key)),
        );
      }
    }
  }

  private async chargeOffSession(charge: Charge, state: ChargeState): Promise<void> {
    const { id: chargeId, appointmentId, amount, patientId, round, savedMethod } = state;
    if (savedMethod === undefined) return;
    if (!state.charging) {
      // Money that moved must never be unknown, whoever changes the charge meanwhile.
      charge.startCharging(this.clock.now());
      return this.charges.save(charge);
    }
    const customer = await this.customers.of(patientId);
    const deed = { chargeId, kind: 'charge-off-session', key: `${chargeId}:${round}:off-session` };
    const intent = { chargeId, appointmentId, customer, amount, capture: 'automatic', saveMethod: false } as const;
    try {
      const seen = await this.dealings.perform(deed, (key) => this.provider.chargeOffSession(intent, savedMethod, key));
      charge.begin(seen, this.clock.now(), { offSession: true });
    } catch (error) {
      if (!(error instanceof ProviderRefused)) throw error;
      charge.failCharging(error.reason, this.clock.now());
    }
    await this.charges.save(charge);
  }

  private async apply(charge: Charge, seen: IntentSnapshot): Promise<void> {
    charge.observe(seen, this.clock.now());
    if (charge.hasNews) return this.charges.save(charge);
    const { id, checkAt, checks } = charge.state;
    await this.charges.putOff(id, checkAt, charge.saved?.version, checks);
  }
}
