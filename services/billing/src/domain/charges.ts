import { Charge } from './charge.js';
import type { ChargeState, ChargeStatus } from './charge-state.js';
import { ConcurrentChange } from './errors.js';
import type { IncomeDay, IncomeSums, LedgerTransaction } from './ledger.js';
import type { ReceiptIssuer } from './receipts.js';

export interface ChargeFilter {
  readonly statuses?: readonly ChargeStatus[];
  /** Of the payment's making. */
  readonly from?: Date;
  readonly to?: Date;
}

export interface PutOff {
  /** Only while it is at that version, so that nobody's wish for an earlier look is lost. */
  readonly version?: number;
  /** Looks in a row that changed nothing, this one included. */
  readonly checks?: number;
  /** Attempts in a row of which nobody knows what came. */
  readonly failures?: number;
}

/** Other writers of the same charge are few: its patient, its doctor, the provider and the clock. */
const MOST_ATTEMPTS = 5;

/** Charges with their ledger, receipts and facts, saved together or not at all. */
export abstract class Charges {
  protected constructor(private readonly receipts: ReceiptIssuer) {}

  /** Saves new ones, within the transaction of a message if there is one. @throws Error when one of their appointments has one already */
  abstract addAll(charges: readonly Charge[]): Promise<void>;
  /**
   * Loads the charge, lets `decide` change it and saves what came of it; all of it again when another writer was faster.
   * @param known the charge as it was loaded just now, to begin with
   * @returns the charge as it is saved; undefined when there is none
   * @throws what `decide` throws, and then nothing is saved; ConcurrentChange when others were faster each time
   */
  async update(
    id: string,
    decide: (charge: Charge) => void | Promise<void>,
    known?: Charge,
  ): Promise<Charge | undefined> {
    for (let attempt = 1, charge = known; ; attempt += 1, charge = undefined) {
      charge ??= await this.find(id);
      if (!charge) return undefined;
      await decide(charge);
      if (!charge.isChanged) return charge;
      if (charge.wantsReceipt) charge.giveReceipt(await this.receipts.issue(charge.state));
      try {
        return Charge.restore(await this.save(charge));
      } catch (error) {
        if (!(error instanceof ConcurrentChange) || attempt >= MOST_ATTEMPTS || !this.canRepeat) throw error;
      }
    }
  }

  /** Whether what is loaded again can be newer. */
  protected abstract get canRepeat(): boolean;
  /** @returns the state as it is saved @throws ConcurrentChange when it was changed since it was loaded */
  protected abstract save(charge: Charge): Promise<ChargeState>;

  /**
   * The charge of that id or appointment as this process has saved it last, if it remembers: somebody else may have changed it
   * since. For whoever saves by its version, or wants to know what is known at least.
   */
  lastSaved(_: string): Charge | undefined {
    return undefined;
  }

  /** Resolves when this process saves the charge of that appointment, at the latest after so long: another may have saved it. */
  abstract nextSaved(appointmentId: string, withinMs: number): Promise<void>;

  abstract find(id: string): Promise<Charge | undefined>;
  abstract ofAppointment(appointmentId: string): Promise<Charge | undefined>;
  /** By appointment; those that there are. */
  abstract ofAppointments(appointmentIds: readonly string[]): Promise<ReadonlyMap<string, Charge>>;
  abstract ofIntent(intentId: string): Promise<Charge | undefined>;
  /** @throws NotFound also when it is somebody else's */
  abstract ofPatient(patientId: string, id: string): Promise<Charge>;
  /** One's own, newest first; up to `limit` + 1. */
  abstract list(
    patientId: string,
    filter: ChargeFilter,
    page: { limit: number; after?: string },
  ): Promise<ChargeState[]>;

  /**
   * Ids of up to `limit` that want a look by `now`, oldest first; nobody else is given them before `until`. With when the
   * next one after them is due, if any is.
   */
  abstract takeDue(now: Date, until: Date, limit: number): Promise<{ ids: string[]; next?: Date }>;
  /** When to look again; null: no more. */
  abstract putOff(id: string, until: Date | null, given?: PutOff): Promise<void>;
  /** Those of which the provider has refused a step, longest first; up to `limit`. */
  abstract refused(limit: number): Promise<ChargeState[]>;
}

/** One line of a doctor's books. */
export interface IncomeLine {
  readonly id: string;
  readonly kind: 'payment' | 'refund';
  readonly at: Date;
  readonly appointmentId: string;
  readonly patientId: string;
  /** Positive in, negative out. */
  readonly amount: number;
  readonly fee: number;
  readonly currency: string;
  readonly receiptNumber?: string;
}

export interface IncomeTotals extends IncomeSums {
  readonly currency: string;
}

/** The books: append-only, written by {@link Charges} alone. */
export abstract class Ledger {
  /** Of one doctor, newest first; up to `limit` + 1. */
  abstract lines(
    doctorId: string,
    period: { from?: Date; to?: Date },
    page: { limit: number; after?: { at: Date; id: string } },
  ): Promise<IncomeLine[]>;
  /** All lines, oldest first. */
  abstract everyLine(doctorId: string, period: { from?: Date; to?: Date }): AsyncIterable<IncomeLine>;
  /** Per currency. */
  abstract totals(doctorId: string, period: { from?: Date; to?: Date }): Promise<IncomeTotals[]>;
  /** Days in [from, to] with something on them. */
  abstract days(doctorId: string, from: string, to: string): Promise<IncomeDay[]>;
  /** What was taken, given back and paid as fees, booked in [from, to). */
  abstract movements(from: Date, to: Date): AsyncIterable<LedgerTransaction>;
  /** Sum of all entries per currency: zero, or the books are wrong. */
  abstract balances(): Promise<{ currency: string; amount: number }[]>;
}

/** The provider's customer of a patient. */
export abstract class Customers {
  abstract find(patientId: string): Promise<string | undefined>;
  /** @returns the customer that is kept: another's when they were faster */
  abstract keep(patientId: string, customerId: string): Promise<string>;
}

/** Something that the provider is asked to do. */
export interface Operation {
  readonly kind: string;
  /** Unique among all operations, and the same whenever this very one is asked for again. */
  readonly name: string;
  /** Absent where it is about no payment. */
  readonly chargeId?: string;
}

/** What we asked the provider to do, how often, and what came of it. */
export abstract class Operations {
  /** @returns how many of its keys are spent, and when it was first asked for */
  abstract begin(operation: Operation, at: Date): Promise<{ spent: number; begunAt: Date }>;
  /** So many of its keys are spent, or more. */
  abstract spend(name: string, keys: number): Promise<void>;
  /** Need not be kept at once. */
  abstract end(name: string, outcome: string, at: Date): void;
}

/** Webhook events that were taken in. */
export abstract class WebhookEvents {
  /** False when it was here already. */
  abstract add(id: string, type: string, at: Date): Promise<boolean>;
}
