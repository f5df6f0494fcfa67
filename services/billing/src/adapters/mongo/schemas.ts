import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { PaymentFact } from '../../domain/payment-fact.js';
import type { AppointmentStatus, ChargeState, ChargeStatus, Timing } from '../../domain/charge-state.js';
import type { LedgerEntry, LedgerKind } from '../../domain/ledger.js';
import type { ProviderRefund } from '../../domain/provider.js';
import type { ReceiptContent } from '../../domain/receipt.js';
import type { Mode, Money } from '../../domain/values.js';

/** What was told of a charge last, to be told again. */
export interface LastFact extends Omit<PaymentFact, 'charge'> {
  readonly at: Date;
}

@Schema({ collection: 'charges', versionKey: false })
export class ChargeRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String, unique: true }) appointmentId!: string;
  @Prop({ required: true, type: String }) patientId!: string;
  @Prop({ required: true, type: String }) doctorId!: string;
  @Prop({ required: true, type: Date }) startsAt!: Date;
  @Prop({ required: true, type: String }) mode!: Mode;
  @Prop({ required: true, type: Object }) amount!: Money;
  @Prop({ required: true, type: String }) timing!: Timing;
  @Prop({ required: true, type: String }) appointment!: AppointmentStatus;
  @Prop({ required: true, type: Number }) appointmentSequence!: number;
  @Prop({ required: true, type: Number }) owed!: number;
  @Prop({ required: true, type: String }) status!: ChargeStatus;
  @Prop({ type: Object }) intent?: ChargeState['intent'];
  @Prop({ required: true, type: Number }) round!: number;
  @Prop({ required: true, type: Number }) attempts!: number;
  @Prop({ type: Object }) attempt?: ChargeState['attempt'];
  @Prop({ required: true, type: Boolean }) saveMethod!: boolean;
  @Prop({ type: String }) savedMethod?: string;
  @Prop({ type: Boolean }) charging?: true;
  @Prop({ required: true, type: Number }) held!: number;
  @Prop({ required: true, type: Number }) captured!: number;
  @Prop({ type: Number }) fee?: number;
  @Prop({ required: true, type: [Object] }) refunds!: ProviderRefund[];
  @Prop({ type: Object }) method?: ChargeState['method'];
  @Prop({ type: String }) declineCode?: string;
  @Prop({ type: String }) receiptNumber?: string;
  @Prop({ type: Date }) paidAt?: Date;
  @Prop({ type: Date, default: null }) checkAt!: Date | null;
  /** Whose turn it is to settle it, until `checkAt`. */
  @Prop({ type: String }) claim?: string;
  @Prop({ required: true, type: Number }) checks!: number;
  @Prop({ type: Object }) refusal?: ChargeState['refusal'];
  @Prop({ type: Number }) failures?: number;
  @Prop({ required: true, type: Date }) createdAt!: Date;
  @Prop({ required: true, type: Number }) version!: number;
  /** Absent where nothing was told yet, and in charges of earlier releases. */
  @Prop({ type: Object }) lastFact?: LastFact;
}

export const chargeSchema = SchemaFactory.createForClass(ChargeRecord)
  // Identifiers are in order of time: newest first is highest first.
  .index({ patientId: 1, _id: -1 })
  // Whole, not partial: SecantusDB uses partial indexes for no equality and no range of their own field.
  .index({ 'intent.id': 1 }, { name: 'intent' })
  .index({ checkAt: 1 }, { name: 'due' })
  .index({ 'refusal.since': 1 }, { name: 'refused' });

/** Append-only: a transaction is never changed, and its id makes that it is there once. */
@Schema({ collection: 'ledger', versionKey: false })
export class LedgerRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) kind!: LedgerKind;
  @Prop({ required: true, type: String }) chargeId!: string;
  @Prop({ required: true, type: String }) appointmentId!: string;
  @Prop({ required: true, type: String }) doctorId!: string;
  @Prop({ required: true, type: String }) patientId!: string;
  @Prop({ required: true, type: String }) currency!: string;
  @Prop({ required: true, type: [Object] }) entries!: LedgerEntry[];
  @Prop({ type: String }) source?: string;
  @Prop({ type: String }) receiptNumber?: string;
  @Prop({ required: true, type: Date }) at!: Date;
}

export const ledgerSchema = SchemaFactory.createForClass(LedgerRecord)
  .index({ doctorId: 1, at: -1, _id: -1 })
  .index({ at: 1 });

/** What moved on one local day of a doctor: dashboards read days, never payments. */
@Schema({ collection: 'income_days', versionKey: false })
export class IncomeDayRecord {
  /** `<doctor>|<day>|<currency>`. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) doctorId!: string;
  @Prop({ required: true, type: String }) day!: string;
  @Prop({ required: true, type: String }) currency!: string;
  @Prop({ required: true, type: Number }) income!: number;
  @Prop({ required: true, type: Number }) refunds!: number;
  @Prop({ required: true, type: Number }) fees!: number;
}

export const incomeDaySchema = SchemaFactory.createForClass(IncomeDayRecord).index({ doctorId: 1, day: 1 });

@Schema({ collection: 'receipts', versionKey: false })
export class ReceiptRecord {
  /** The number, `YYYY-NNNNNN`. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String, unique: true }) chargeId!: string;
  /** As of its issue: a receipt never changes. */
  @Prop({ required: true, type: Object }) content!: ReceiptContent;
  @Prop({ type: Buffer }) pdf?: Buffer;
}

export const receiptSchema = SchemaFactory.createForClass(ReceiptRecord);

@Schema({ collection: 'customers', versionKey: false })
export class CustomerRecord {
  /** The patient's id. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) customerId!: string;
}

export const customerSchema = SchemaFactory.createForClass(CustomerRecord);

@Schema({ collection: 'operations', versionKey: false })
export class OperationRecord {
  /** The operation's name, also its first idempotency key. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) kind!: string;
  @Prop({ type: String, index: true }) chargeId?: string;
  @Prop({ required: true, type: Date }) begunAt!: Date;
  @Prop({ type: Date }) endedAt?: Date;
  @Prop({ type: String }) outcome?: string;
  /** How often it was asked for. */
  @Prop({ required: true, type: Number }) times!: number;
  /** Keys that the provider has failed or refused under. */
  @Prop({ type: Number }) spent?: number;
}

export const operationSchema = SchemaFactory.createForClass(OperationRecord);

const DAYS_KEPT = 60;

/** Stripe repeats an event for three days at most. */
@Schema({ collection: 'webhook_events', versionKey: false })
export class WebhookEventRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) type!: string;
  @Prop({ required: true, type: Date, expires: DAYS_KEPT * 86_400 }) at!: Date;
}

export const webhookEventSchema = SchemaFactory.createForClass(WebhookEventRecord);

@Schema({ collection: 'reconciliations', versionKey: false })
export class ReconciliationRecord {
  /** The first day compared, `YYYY-MM-DD`. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: Date }) at!: Date;
  @Prop({ required: true, type: Number }) compared!: number;
  @Prop({ required: true, type: [Object] }) differences!: object[];
}

export const reconciliationSchema = SchemaFactory.createForClass(ReconciliationRecord);
