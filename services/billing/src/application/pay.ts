import { Injectable, Logger } from '@nestjs/common';
import { KeyedQueue } from '@medflow/service-kit/keyed-queue';
import { Charge } from '../domain/charge.js';
import { Charges } from '../domain/charges.js';
import type { ChargeState } from '../domain/charge-state.js';
import {
  ConcurrentChange,
  NotFound,
  NotHeardOf,
  NotPayable,
  PaymentDeclined,
  UnknownMethod,
} from '../domain/errors.js';
import { Clock } from '../domain/ports.js';
import { Practices } from '../domain/practices.js';
import { ifMoved, type IntentSnapshot, PaymentProvider, ProviderRefused } from '../domain/provider.js';
import { CustomersOfPatients } from './customers-of-patients.js';
import { Methods } from './methods.js';
import { ProviderOperations } from './provider-operations.js';

export interface Pay {
  patientId: string;
  appointmentId: string;
  /** To confirm with at once; else the page does that. */
  methodId?: string;
  saveMethod: boolean;
}

export interface Payment {
  charge: ChargeState;
  /** What the page confirms with. */
  clientSecret: string;
}

const ATTEMPTS = 5;

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
    private readonly practices: Practices,
    private readonly queue: KeyedQueue,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, NotPayable, AlreadyPaid, PaymentInProgress, UnknownMethod, PaymentDeclined, ProviderUnavailable */
  async execute(command: Pay): Promise<Payment> {
    const known = await this.charges.ofAppointment(command.appointmentId);
    if (!known) throw new NotHeardOf(`appointment ${command.appointmentId}`);
    if (known.state.patientId !== command.patientId) throw new NotFound(`appointment ${command.appointmentId}`);
    return this.queue.run(known.state.id, async () => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await this.once(known.state.id, command);
        } catch (error) {
          if (!(error instanceof ConcurrentChange) || attempt >= ATTEMPTS) throw error;
        }
      }
    });
  }

  private async once(chargeId: string, { methodId, saveMethod }: Pay): Promise<Payment> {
    const charge = await this.load(chargeId);
    charge.expectPayable();
    if (await this.practices.isBarred(charge.state.doctorId)) throw new NotPayable('doctor-unavailable');
    const customer = await this.customers.of(charge.state.patientId);
    if (methodId !== undefined) await this.methods.expectUsable(customer, methodId);
    const seen = await this.intent(charge, customer, saveMethod);
    try {
      // What the provider knows better counts: paid in the page a moment ago, say.
      charge.expectPayable();
    } catch (error) {
      await this.charges.save(charge);
      throw error;
    }
    if (methodId !== undefined) return this.confirm(charge, methodId);
    await this.charges.save(charge);
    return { charge: charge.state, clientSecret: seen.clientSecret };
  }

  /** The intent of this charge as it is now, made when there is none; for the caller to save. */
  private async intent(charge: Charge, customer: string, saveMethod: boolean): Promise<IntentSnapshot> {
    const { id: chargeId, appointmentId, amount, round, intent } = charge.state;
    const now = this.clock.now();
    if (intent) {
      if (charge.keepMethod(saveMethod) && intent.kind === 'payment')
        await this.provider.keepMethod(intent.id, saveMethod);
      const seen = await this.provider.read(intent.kind, intent.id);
      charge.observe(seen, now);
      return seen;
    }
    const { kind, capture } = charge.intentWanted(now);
    // The appointment's own payment, not the request's: whatever is asked for first is what there is.
    const operation = { chargeId, kind: `begin-${kind}`, name: `${chargeId}:${round}:${kind}:${capture}` };
    const begin = (key: string) =>
      kind === 'setup'
        ? this.provider.createSetup({ customer, chargeId, appointmentId }, key)
        : this.provider.createPayment({ chargeId, appointmentId, customer, amount, capture, saveMethod: false }, key);
    const seen = await this.operations
      .perform(operation, begin, (since) => this.provider.findIntent(kind, { customer, chargeId, since }))
      .catch((error: unknown) => this.cannotBegin(chargeId, error));
    if (saveMethod && kind === 'payment') await this.provider.keepMethod(seen.id, true);
    charge.begin(seen, now, { saveMethod });
    return seen;
  }

  private async confirm(begun: Charge, methodId: string): Promise<Payment> {
    const number = begun.attempt(methodId, this.clock.now());
    // Known before it is asked for: who comes after a crash looks it up.
    await this.charges.save(begun);
    const charge = Charge.restore(begun.state);
    const { id: chargeId, intent, round } = charge.state;
    if (!intent) throw new ConcurrentChange('the intent is gone');
    const operation = { chargeId, kind: 'confirm', name: `${chargeId}:${round}:confirm:${number}` };
    const look = () => this.provider.read(intent.kind, intent.id);
    let seen: IntentSnapshot;
    try {
      seen = await this.operations.perform(
        operation,
        (key) => this.provider.confirm(intent.kind, intent.id, methodId, key),
        async () => ifMoved(await look()),
      );
    } catch (error) {
      if (!(error instanceof ProviderRefused)) throw error;
      seen = await look();
      if (!ifMoved(seen)) {
        charge.forgetAttempt(this.clock.now());
        await this.charges.save(charge);
        throw new UnknownMethod(error.message);
      }
    }
    const { status, declineCode = 'generic_decline' } = await this.learn(charge, seen);
    if (status === 'failed') throw new PaymentDeclined(declineCode, chargeId);
    return { charge: (await this.load(chargeId)).state, clientSecret: seen.clientSecret };
  }

  /** An amount or a currency that the provider does not take, say: no patient can mend that. */
  private cannotBegin(chargeId: string, error: unknown): never {
    if (!(error instanceof ProviderRefused)) throw error;
    this.logger.error(`charge ${chargeId}: the provider refuses to begin: ${error.message}`);
    throw new NotPayable('refused');
  }

  /** The attempt has its outcome: what changed the charge meanwhile cannot change that. */
  private async learn(charge: Charge, seen: IntentSnapshot): Promise<ChargeState> {
    for (let attempt = 1; ; attempt += 1) {
      charge.observe(seen, this.clock.now());
      try {
        await this.charges.save(charge);
        return charge.state;
      } catch (error) {
        if (!(error instanceof ConcurrentChange) || attempt >= ATTEMPTS) throw error;
        charge = await this.load(charge.state.id);
        seen = await this.provider.read(seen.kind, seen.id);
      }
    }
  }

  private async load(id: string): Promise<Charge> {
    const charge = await this.charges.find(id);
    if (!charge) throw new NotFound(`payment ${id}`);
    return charge;
  }
}
