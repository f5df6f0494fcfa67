import {
  Choice,
  Flag,
  Instant,
  InstantOrDay,
  MayBeAbsent,
  Money,
  Nested,
  NestedList,
  PageQuery,
  QueryChoices,
  Text,
  Whole,
} from '@medflow/service-kit';
import type { ChargeStatus } from '../../domain/charge-state.js';

export const statuses = [
  'none',
  'due',
  'requires-action',
  'processing',
  'authorised',
  'paid',
  'failed',
  'voided',
  'partly-refunded',
  'refunded',
] as const satisfies readonly ChargeStatus[];

export const providers = ['stripe', 'test'] as const;

export class PayBody {
  @Text({ max: 64 }) appointmentId!: string;
  @Text({ max: 64, optional: true, nullable: true, description: 'A saved method, or a new one: paid with at once' })
  paymentMethodId?: string | null;
  @Flag({ optional: true, description: 'Keep the card for the next time; default false' }) savePaymentMethod?: boolean;
}

export class PaymentsQuery extends PageQuery {
  @QueryChoices(statuses, { description: 'Any of these' }) status?: ChargeStatus[];
  @InstantOrDay({ optional: true, description: 'Made at or after' }) from?: string;
  @InstantOrDay({ optional: true, description: 'Made before' }) to?: string;
}

class PersonView {
  @Text({ max: 64 }) id!: string;
  @Text({ min: 0, max: 100 }) firstName!: string;
  @Text({ min: 0, max: 100 }) lastName!: string;
}

class CardView {
  @Text({ max: 40 }) brand!: string;
  @Text({ min: 0, max: 4 }) last4!: string;
}

export class PaymentDetails {
  @Text({ max: 64 }) id!: string;
  @Text({ max: 64 }) appointmentId!: string;
  @Choice(statuses) status!: ChargeStatus;
  @Flag({ description: 'There is something that the patient can pay now' }) payable!: boolean;
  @Nested(() => Money) amount!: Money;
  @Nested(() => Money) refunded!: Money;
  @Choice(['payment', 'setup'], { description: 'setup: the card is saved now and charged once the doctor accepts' })
  intent!: 'payment' | 'setup';
  @Text({ max: 300, nullable: true, description: 'Only in the answer to POST: the page confirms with it' })
  clientSecret!: string | null;
  @Choice(providers) provider!: 'stripe' | 'test';
  @Text({ max: 300 }) publishableKey!: string;
  @Nested(() => CardView, { nullable: true }) method!: CardView | null;
  @Text({ max: 100, nullable: true }) declineCode!: string | null;
  @Nested(() => PersonView) doctor!: PersonView;
  @Instant() startsAt!: string;
  @Text({ max: 40, nullable: true }) receiptNumber!: string | null;
  @Instant() createdAt!: string;
  @Instant({ nullable: true }) paidAt!: string | null;
  @Whole({ min: 1, max: 1_000_000_000 }) version!: number;
}

export class PaymentList {
  @NestedList(() => PaymentDetails, { max: 100 }) items!: PaymentDetails[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}

@MayBeAbsent()
export class MethodBody {
  @Text({ max: 64, optional: true, nullable: true, description: 'Absent: the page completes the SetupIntent' })
  paymentMethodId?: string | null;
}

export class MethodView {
  @Text({ max: 64 }) id!: string;
  @Text({ max: 40 }) brand!: string;
  @Text({ min: 0, max: 4 }) last4!: string;
  @Whole({ min: 0, max: 12 }) expMonth!: number;
  @Whole({ min: 0, max: 9999 }) expYear!: number;
  @Flag() isDefault!: boolean;
}

export class MethodList {
  @NestedList(() => MethodView, { max: 100 }) items!: MethodView[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}

export class AddedMethodView {
  @Text({ max: 64, nullable: true }) id!: string | null;
  @Text({ max: 40, nullable: true }) brand!: string | null;
  @Text({ min: 0, max: 4, nullable: true }) last4!: string | null;
  @Whole({ min: 0, max: 12, nullable: true }) expMonth!: number | null;
  @Whole({ min: 0, max: 9999, nullable: true }) expYear!: number | null;
  @Flag() isDefault!: boolean;
  @Choice(['saved', 'requires-action', 'requires-method']) status!: 'saved' | 'requires-action' | 'requires-method';
  @Text({ max: 300, nullable: true }) clientSecret!: string | null;
  @Choice(providers) provider!: 'stripe' | 'test';
  @Text({ max: 300 }) publishableKey!: string;
}

export class IncomeQuery extends PageQuery {
  @InstantOrDay({ optional: true, description: 'Booked at or after' }) from?: string;
  @InstantOrDay({ optional: true, description: 'Booked before' }) to?: string;
  @Choice(['json', 'csv'], { optional: true, description: 'csv: all lines of the period; default json' })
  format?: 'json' | 'csv';
}

/** Money that may have gone the other way. */
export class Movement {
  @Whole({ min: -1_000_000_000_000, max: 1_000_000_000_000 }) amount!: number;
  @Text({ max: 3 }) currency!: string;
}

class IncomeLineView {
  @Text({ max: 200 }) id!: string;
  @Choice(['payment', 'refund']) kind!: 'payment' | 'refund';
  @Instant() at!: string;
  @Text({ max: 64 }) appointmentId!: string;
  @Nested(() => PersonView) patient!: PersonView;
  @Nested(() => Movement) amount!: Movement;
  @Nested(() => Movement) fee!: Movement;
  @Nested(() => Movement) net!: Movement;
  @Text({ max: 40, nullable: true }) receiptNumber!: string | null;
}

class IncomeTotalsView {
  @Nested(() => Movement) income!: Movement;
  @Nested(() => Movement) refunds!: Movement;
  @Nested(() => Movement) fees!: Movement;
  @Nested(() => Movement) net!: Movement;
}

export class IncomeView {
  @NestedList(() => IncomeLineView, { max: 100 }) items!: IncomeLineView[];
  @Nested(() => IncomeTotalsView, { description: 'Of the whole period' }) totals!: IncomeTotalsView;
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}

export class WebhookAnswer {
  @Flag() received!: boolean;
}
