import type { AccountSubject } from '@medflow/access';
import { Injectable, Logger } from '@nestjs/common';
import { KeyedQueue } from '@medflow/service-kit/keyed-queue';
import { access } from '../access.js';
import type { Charge } from '../domain/charge.js';
import { Charges } from '../domain/charges.js';
import type { ChargeState } from '../domain/charge-state.js';
import {
  NotFound,
  NotHeardOf,
  NotPayable,
  PaymentDeclined,
  PaymentInProgress,
  UnknownMethod,
} from '../domain/errors.js';
import { Clock } from '../domain/ports.js';
import { Practices } from '../domain/practices.js';
import { ifMoved, type IntentSnapshot, PaymentProvider, ProviderRefused } from '../domain/provider.js';
import type { Person } from '../domain/values.js';
import { CustomersOfPatients } from './customers-of-patients.js';
import { LookAtProvider } from './look-at-provider.js';
import { Methods } from './methods.js';
import { ProviderOperations } from './provider-operations.js';

export interface Pay {
  by: AccountSubject;
  appointmentId: string;
  /** To confirm with at once; else the page does that. */
  methodId?: string;
  saveMethod: boolean;
}

export interface Payment {
  charge: ChargeState;
  doctor: Person;
  /** What the page confirms with. */
  clientSecret: string;
}

/** What a payment comes to. */
type Brought = Omit<Payment, 'doctor'>;

/** The patient pays: the same payment again for as long as it is unpaid, and never twice. */
@Injectable()
export class PayHandler {
  private readonly logger = new Logger(PayHandler.name);

  constructor(
    private readonly charges: Charges,
    private readonly provider: PaymentProvider,
    private readonly customers: CustomersOfPatients,
    private readonly methods: Methods,
    private readonly operations: ProviderOperations,
    private readonly look: LookAtProvider,
    private readonly practices: Practices,
    private readonly queue: KeyedQueue,
    private readonly clock: Clock,
  ) {}

  /** @throws NotHeardOf, NotTheirs, NotPayable, AlreadyPaid, PaymentInProgress, UnknownMethod, PaymentDeclined, ProviderUnavailable */
  async execute(command: Pay): Promise<Payment> {
    const recent = this.charges.lastSaved(command.appointmentId);
    // What is saved next is compared by version; a refusal has to be true by now, and takes others as long as if there were none.
    const isOwn = recent?.state.patientId === command.by.id;
    const known = isOwn && recent?.isPayable ? recent : await this.charges.ofAppointment(command.appointmentId);
    if (!known) throw new NotHeardOf(`appointment ${command.appointmentId}`);
    access.expect(command.by, 'pay', 'payment', known.state);
    const { id } = known.state;
    return this.queue.run(id, async (waited) => this.pay(waited ? await this.load(id) : known, command));
  }

  /** Resolves when there may be news of what is to be paid for, at the latest after so long. */
  news(appointmentId: string, withinMs: number): Promise<void> {
    return this.charges.nextSaved(appointmentId, withinMs);
  }

  private async pay(known: Charge, command: Pay): Promise<Payment> {
    const { methodId, saveMethod } = command;
    const { id, patientId, doctorId } = known.state;
    known.expectPayable();
    const { person: doctor, isBarred } = await this.practices.doctor(doctorId);
    if (isBarred) throw new NotPayable('doctor-unavailable');
    const customer = await this.customers.of(patientId);
    if (methodId !== undefined) await this.methods.expectUsable(customer, methodId);
    const { charge, seen } = await this.brought(known, methodId);
    // What the provider knows better counts: paid in the page a moment ago, say.
    charge.expectPayable();
    const { intent } = charge.state;
    if (intent?.kind === 'payment' && charge.state.saveMethod !== saveMethod)
      await this.provider.keepMethod(intent.id, saveMethod);
    if (intent && seen && methodId === undefined)
      return { doctor, ...(await this.leaveToPage(charge, seen, saveMethod)) };
    // Known before it is asked for: who comes after a crash looks it up.
    const begun = await this.update(
      id,
      (current) => {
        current.expectPayable();
        if (current.state.intent?.id !== intent?.id) throw new PaymentInProgress();
        current.attempt(methodId, saveMethod, this.clock.now());
      },
      charge,
    );
    const payment = { doctor, ...(await this.finish(begun, await this.ask(begun, customer))) };
    // Made by an attempt that the provider broke off before it was confirmed.
    const isHalfDone = !intent && methodId !== undefined && payment.charge.status === 'due';
    return isHalfDone ? this.pay(await this.load(id), command) : payment;
  }

  /** The charge as the provider knows it, where there may be more to know. */
  private async brought(charge: Charge, methodId?: string): Promise<{ charge: Charge; seen?: IntentSnapshot }> {
    const { id, intent, attempt } = charge.state;
    const isOther = attempt !== undefined && attempt.methodId !== methodId;
    if (!intent && !isOther) return { charge };
    let seen: IntentSnapshot | undefined;
    const brought = await this.update(id, async (current) => void (seen = await this.look.observe(current)), charge);
    return { charge: brought, ...(seen && { seen }) };
  }

  private async leaveToPage({ state }: Charge, seen: IntentSnapshot, saveMethod: boolean): Promise<Brought> {
    const { state: charge } = await this.update(state.id, (current) => void current.keepMethod(saveMethod));
    return { charge, clientSecret: seen.clientSecret };
  }

  /** Has the attempt done. @throws UnknownMethod, NotPayable, ProviderUnavailable */
  private async ask({ state }: Charge, customer: string): Promise<IntentSnapshot> {
    const { id: chargeId, intent, attempt } = state;
    try {
      return await (intent ? this.confirm(state, intent) : this.create(state, customer));
    } catch (error) {
      if (!(error instanceof ProviderRefused)) throw error;
      const seen = intent && (await this.provider.read(intent.kind, intent.id));
      if (seen && ifMoved(seen)) return seen;
      await this.update(chargeId, (current) => current.forgetAttempt(this.clock.now()));
      if (attempt?.methodId !== undefined && (intent || isAboutMethod(error))) throw new UnknownMethod(error.message);
      // An amount or a currency that the provider does not take, say: no patient can mend that.
      this.logger.error(`charge ${chargeId}: the provider refuses to begin: ${error.message}`);
      throw new NotPayable('refused');
    }
  }

  /** Makes the intent, and confirms it in the same call where a method is given. */
  private create(state: ChargeState, customer: string): Promise<IntentSnapshot> {
    const { id: chargeId, appointmentId, amount, round, saveMethod, attempt } = state;
    const { kind, capture } = attempt!.creates!;
    const about = { customer, chargeId, appointmentId, ...(attempt!.methodId && { methodId: attempt!.methodId }) };
    // One key, whatever the method: the provider itself makes no second intent while the first is not known here.
    return this.operations.perform(
      { chargeId, kind: `begin-${kind}`, name: `${chargeId}:${round}:begin` },
      (key) =>
        kind === 'setup'
          ? this.provider.createSetup(about, key)
          : this.provider.createPayment({ ...about, amount, capture, saveMethod }, key),
      (since) => this.provider.findIntent(kind, { customer, chargeId, since }),
    );
  }

  private confirm(
    { id: chargeId, round, attempts, attempt }: ChargeState,
    { id, kind }: NonNullable<ChargeState['intent']>,
  ): Promise<IntentSnapshot> {
    return this.operations.perform(
      { chargeId, kind: 'confirm', name: `${chargeId}:${round}:confirm:${attempts}` },
      (key) => this.provider.confirm(kind, id, attempt!.methodId!, key),
      async () => ifMoved(await this.provider.read(kind, id)),
    );
  }

  /** The attempt has its outcome: what changed the charge meanwhile cannot change that. */
  private async finish(begun: Charge, outcome: IntentSnapshot): Promise<Brought> {
    const { id, round, attempt } = begun.state;
    let seen = outcome;
    const { state: charge } = await this.update(
      id,
      async (current) => {
        // It was seen before what another writer has saved.
        if (current !== begun) seen = await this.provider.read(seen.kind, seen.id);
        const { intent, round: now } = current.state;
        if (intent?.id === seen.id) current.observe(seen, this.clock.now());
        else if (!intent && now === round) current.begin(seen, this.clock.now());
      },
      begun,
    );
    const { status, declineCode = 'generic_decline' } = charge;
    if (attempt?.methodId !== undefined && status === 'failed') throw new PaymentDeclined(declineCode, id);
    return { charge, clientSecret: seen.clientSecret };
  }

  private async update(id: string, decide: (charge: Charge) => void | Promise<void>, known?: Charge): Promise<Charge> {
    const updated = await this.charges.update(id, decide, known);
    if (!updated) throw new NotFound(`payment ${id}`);
    return updated;
  }

  private async load(id: string): Promise<Charge> {
    const charge = await this.charges.find(id);
    if (!charge) throw new NotFound(`payment ${id}`);
    return charge;
  }
}

const isAboutMethod = ({ reason, parameter }: ProviderRefused): boolean =>
  parameter === 'payment_method' || reason.startsWith('payment_method');
