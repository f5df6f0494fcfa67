import { Injectable, Logger } from '@nestjs/common';
import { KeyedQueue } from '@medflow/service-kit/keyed-queue';
import { Charge } from '../domain/charge.js';
import { Charges } from '../domain/charges.js';
import type { ChargeState } from '../domain/charge-state.js';
import { ConcurrentChange } from '../domain/errors.js';
import { Clock } from '../domain/ports.js';
import { Practices } from '../domain/practices.js';
import { type IntentSnapshot, PaymentProvider, ProviderRefused } from '../domain/provider.js';
import { checkAfter, nameOf, nextStep, type Step } from '../domain/settlement.js';
import { MINUTE_MS, msAfter, SECOND_MS } from '../domain/values.js';
import { CustomersOfPatients } from './customers-of-patients.js';
import { ProviderOperations } from './provider-operations.js';

/** More than any charge needs: capture, fee, refund and a few that another writer was faster with. */
const MAX_STEPS = 12;
/** After attempts of which nobody knows what came. */
const FIRST_RETRY_MS = SECOND_MS;
const LONGEST_RETRY_MS = 10 * MINUTE_MS;

/** `refused`: the provider will not do what is to be done, and is asked again later. */
export type Settled = 'done' | 'refused';

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
    private readonly operations: ProviderOperations,
    private readonly practices: Practices,
    private readonly queue: KeyedQueue,
    private readonly clock: Clock,
  ) {}

  /** @throws ProviderUnavailable; what was done until then is saved */
  execute(chargeId: string, wantsLook = true): Promise<Settled> {
    return this.queue.run(chargeId, () => this.settle(chargeId, wantsLook));
  }

  /** For work that comes again by itself: what fails waits longer each time, also for other replicas and after a restart. */
  async attempt(chargeId: string): Promise<Settled> {
    try {
      return await this.execute(chargeId);
    } catch (error) {
      await this.setBack(chargeId).catch(() => undefined);
      throw error;
    }
  }

  private async settle(chargeId: string, wantsLook: boolean): Promise<Settled> {
    let look = wantsLook;
    let outcome: Settled = 'done';
    for (let steps = 0; steps < MAX_STEPS; steps += 1) {
      const charge = await this.charges.find(chargeId);
      if (!charge) return outcome;
      const now = this.clock.now();
      const step = nextStep(charge.state, now, look);
      if (!step) {
        await this.finish(charge, now);
        return outcome;
      }
      if (takesMoney(step, charge.state) && (await this.practices.isBarred(charge.state.doctorId))) {
        // Until scheduling says what becomes of the visit, or the doctor may see patients again.
        await this.setBack(chargeId);
        return outcome;
      }
      try {
        await this.take(charge, step);
        look = false;
      } catch (error) {
        if (error instanceof ConcurrentChange) continue;
        if (!(error instanceof ProviderRefused)) throw error;
        await this.learnRefusal(chargeId, step, error);
        outcome = 'refused';
      }
    }
    return outcome;
  }

  /** A claim on its time that led to nothing is given up. */
  private async finish({ state }: Charge, now: Date): Promise<void> {
    const { id, version, checkAt, failures = 0 } = state;
    const next = checkAfter(state, now);
    if (next?.getTime() !== checkAt?.getTime() || failures > 0)
      await this.charges.putOff(id, next, { version, failures: 0 });
  }

  private async setBack(chargeId: string): Promise<void> {
    const charge = await this.charges.find(chargeId);
    if (!charge) return;
    const failures = (charge.state.failures ?? 0) + 1;
    const pause = Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20), LONGEST_RETRY_MS);
    await this.charges.putOff(chargeId, msAfter(this.clock.now(), pause), { failures });
  }

  /** It is not as we thought: what is it? Where it is as we thought after all, the step waits. */
  private async learnRefusal(chargeId: string, step: Step, refused: ProviderRefused): Promise<void> {
    const charge = await this.charges.find(chargeId);
    if (!charge) return;
    const { intent } = charge.state;
    if (intent && step.kind !== 'read') {
      const seen = await this.provider.read(intent.kind, intent.id).catch((error: unknown) => {
        if (!(error instanceof ProviderRefused)) throw error;
        return undefined;
      });
      if (seen) charge.observe(seen, this.clock.now());
    }
    charge.refuse(step, refused.reason, this.clock.now());
    const { refusal } = charge.state;
    const waits = refusal?.step === nameOf(step);
    const then = waits ? `${refusal.times} times in a row, again at ${refusal.until.toISOString()}` : 'not needed';
    this.logger.warn(`charge ${chargeId}: ${step.kind} refused (${refused.message}), ${then}`);
    await this.save(charge).catch((error: unknown) => {
      if (!(error instanceof ConcurrentChange)) throw error;
    });
  }

  private async take(charge: Charge, step: Step): Promise<void> {
    const { state } = charge;
    if (step.kind === 'void') {
      charge.void(this.clock.now());
      return this.charges.save(charge);
    }
    if (!state.intent) return;
    if (step.kind === 'charge-off-session') return this.chargeOffSession(charge, state);
    charge.observe(await this.ask(state, state.intent, step), this.clock.now());
    return this.save(charge);
  }

  /** The intent as it is after the step. */
  private async ask(
    { id: chargeId, round, refunds }: ChargeState,
    { id, kind }: NonNullable<ChargeState['intent']>,
    step: Exclude<Step, { kind: 'void' | 'charge-off-session' }>,
  ): Promise<IntentSnapshot> {
    const look = () => this.provider.read(kind, id);
    const once = (name: string) => ({ chargeId, kind: step.kind, name: `${chargeId}:${round}:${name}` });
    switch (step.kind) {
      case 'read':
        return look();
      case 'capture':
        return this.operations.perform(
          once('capture'),
          (key) => this.provider.capture(id, key),
          async () => unless(await look(), ['requires_capture']),
        );
      case 'refund':
        // Numbered: the second half of a refund is another operation than the first.
        return this.operations.perform(
          once(`refund:${refunds.length}:${step.amount}`),
          (key) => this.provider.refund(id, step.amount, key),
          async () => {
            const seen = await look();
            return seen.refunds.length > refunds.length ? seen : undefined;
          },
        );
      case 'cancel': {
        const seen = step.unlessPaid ? await look() : undefined;
        if (seen && ['requires_capture', 'processing', 'succeeded'].includes(seen.status)) return seen;
        return this.operations.perform(
          once('cancel'),
          (key) => this.provider.cancel(kind, id, key),
          async () => only(await look(), ['succeeded', 'canceled']),
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
    const operation = { chargeId, kind: 'charge-off-session', name: `${chargeId}:${round}:off-session` };
    const intent = { chargeId, appointmentId, customer, amount, capture: 'automatic', saveMethod: false } as const;
    try {
      const seen = await this.operations.perform(
        operation,
        (key) => this.provider.chargeOffSession(intent, savedMethod, key),
        (since) => this.provider.findIntent('payment', { customer, chargeId, since }),
      );
      charge.begin(seen, this.clock.now(), { offSession: true });
    } catch (error) {
      if (!(error instanceof ProviderRefused)) throw error;
      charge.failCharging(error.reason, this.clock.now());
    }
    await this.charges.save(charge);
  }

  /** A look that taught nothing is worth no save. */
  private async save(charge: Charge): Promise<void> {
    if (charge.hasNews) return this.charges.save(charge);
    const { id, checkAt, checks } = charge.state;
    await this.charges.putOff(id, checkAt, { version: charge.saved?.version, checks });
  }
}

/** What was asked for already must be known first: who takes it back can do so then. */
const takesMoney = ({ kind }: Step, { charging }: ChargeState): boolean =>
  kind === 'capture' || (kind === 'charge-off-session' && !charging);

type Statuses = readonly IntentSnapshot['status'][];

const only = (seen: IntentSnapshot, statuses: Statuses): IntentSnapshot | undefined =>
  statuses.includes(seen.status) ? seen : undefined;
const unless = (seen: IntentSnapshot, statuses: Statuses): IntentSnapshot | undefined =>
  statuses.includes(seen.status) ? undefined : seen;
