import { Injectable, Logger } from '@nestjs/common';
import { KeyedQueue } from '@medflow/service-kit/keyed-queue';
import type { Charge } from '../domain/charge.js';
import { Charges } from '../domain/charges.js';
import type { ChargeState } from '../domain/charge-state.js';
import { Clock } from '../domain/ports.js';
import { Practices } from '../domain/practices.js';
import { type IntentSnapshot, PaymentProvider, ProviderRefused } from '../domain/provider.js';
import { checkAfter, nameOf, nextStep, type Step } from '../domain/settlement.js';
import { MINUTE_MS, msAfter, SECOND_MS } from '../domain/values.js';
import { CustomersOfPatients } from './customers-of-patients.js';
import { LookAtProvider } from './look-at-provider.js';
import { ProviderOperations } from './provider-operations.js';

/** More than any charge needs: capture, fee, refund and a few that another writer was faster with. */
const MAX_STEPS = 12;
/** After attempts of which nobody knows what came. */
const FIRST_RETRY_MS = SECOND_MS;
const LONGEST_RETRY_MS = 10 * MINUTE_MS;

/** `refused`: the provider will not do what is to be done, and is asked again later. */
export type Settled = 'done' | 'refused';

interface StepDone {
  charge?: Charge;
  /** Undefined where nothing was left to be done. */
  step?: Step;
  /** It was left undone: its doctor may see nobody. */
  isBarred: boolean;
  /** It was left undone by the provider. */
  refused?: ProviderRefused;
}

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
    private readonly look: LookAtProvider,
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
      await this.putBack(chargeId).catch(() => undefined);
      throw error;
    }
  }

  private async settle(chargeId: string, wantsLook: boolean): Promise<Settled> {
    let look = wantsLook;
    let outcome: Settled = 'done';
    let known: Charge | undefined;
    for (let steps = 0; steps < MAX_STEPS; steps += 1) {
      const { charge, step, isBarred, refused } = await this.doNextStep(chargeId, look, known);
      known = charge;
      if (step && refused) {
        await this.learnRefusal(chargeId, step, refused);
        outcome = 'refused';
        continue;
      }
      // Until scheduling says what becomes of the visit, or the doctor may see patients again.
      if (isBarred) await this.putBack(chargeId);
      else if (charge && !step) await this.stopWaiting(charge);
      if (!step || isBarred) return outcome;
      look = false;
    }
    return outcome;
  }

  private async doNextStep(chargeId: string, look: boolean, known?: Charge): Promise<StepDone> {
    const done: StepDone = { isBarred: false };
    try {
      const charge = await this.charges.update(
        chargeId,
        async (current) => {
          const { state } = current;
          done.step = nextStep(state, this.clock.now(), look);
          done.isBarred = false;
          if (!done.step) return;
          done.isBarred = takesMoney(done.step, state) && (await this.practices.isBarred(state.doctorId));
          if (!done.isBarred) await this.perform(current, done.step);
        },
        known,
      );
      return { ...done, ...(charge && { charge }) };
    } catch (error) {
      if (!(error instanceof ProviderRefused)) throw error;
      return { ...done, refused: error };
    }
  }

  /** Nothing is left to be done: the charge is looked at again when its state says so. */
  private async stopWaiting({ state }: Charge): Promise<void> {
    const { id, version, checkAt, failures = 0 } = state;
    const next = checkAfter(state, this.clock.now());
    if (next?.getTime() !== checkAt?.getTime() || failures > 0)
      await this.charges.putOff(id, next, { version, failures: 0 });
  }

  private async putBack(chargeId: string): Promise<void> {
    const charge = await this.charges.find(chargeId);
    if (!charge) return;
    const failures = (charge.state.failures ?? 0) + 1;
    const pause = Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20), LONGEST_RETRY_MS);
    await this.charges.putOff(chargeId, msAfter(this.clock.now(), pause), { failures });
  }

  /** The provider sees it differently: how? Where it sees it as we do after all, the step waits. */
  private async learnRefusal(chargeId: string, step: Step, refused: ProviderRefused): Promise<void> {
    const charge = await this.charges.update(chargeId, async (current) => {
      if (current.state.intent && step.kind !== 'read') await this.observeUnlessRefused(current);
      current.refuse(step, refused.reason, this.clock.now());
    });
    const refusal = charge?.state.refusal;
    const waits = refusal?.step === nameOf(step);
    const then = waits ? `${refusal.times} times in a row, again at ${refusal.until.toISOString()}` : 'not needed';
    this.logger.warn(`charge ${chargeId}: ${step.kind} refused (${refused.message}), ${then}`);
  }

  private async observeUnlessRefused(charge: Charge): Promise<void> {
    await this.look.observe(charge).catch((error: unknown) => {
      if (!(error instanceof ProviderRefused)) throw error;
    });
  }

  private async perform(charge: Charge, step: Step): Promise<void> {
    const { state } = charge;
    if (step.kind === 'void') return charge.void(this.clock.now());
    if (step.kind === 'read') return void (await this.look.observe(charge));
    if (!state.intent) return;
    if (step.kind === 'charge-off-session') return this.chargeOffSession(charge, state);
    charge.observe(await this.ask(state, state.intent, step), this.clock.now());
  }

  /** The intent as it is after the step. */
  private async ask(
    { id: chargeId, round, refunds }: ChargeState,
    { id, kind }: NonNullable<ChargeState['intent']>,
    step: Exclude<Step, { kind: 'void' | 'read' | 'charge-off-session' }>,
  ): Promise<IntentSnapshot> {
    const look = () => this.provider.read(kind, id);
    const once = (name: string) => ({ chargeId, kind: step.kind, name: `${chargeId}:${round}:${name}` });
    switch (step.kind) {
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
      // Money that moved must never be unknown, whoever changes the charge meanwhile: saved before it is asked for.
      return charge.startCharging(this.clock.now());
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
