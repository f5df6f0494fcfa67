import { ValidationFailed } from '@medflow/service-kit';
import type { AddedMethod } from '../../application/methods.js';
import type { IncomeRead } from '../../application/read-income.js';
import { Charge } from '../../domain/charge.js';
import { type ChargeState, refundedOf } from '../../domain/charge-state.js';
import type { IncomeTotals } from '../../domain/charges.js';
import type { PaymentProvider } from '../../domain/provider.js';
import type { Person } from '../../domain/values.js';
import type { AddedMethodView, IncomeView, PaymentDetails } from './payments.dto.js';

const personView = ({ id, firstName, lastName }: Person) => ({ id, firstName, lastName });

type Shown = Pick<PaymentProvider, 'name' | 'publishableKey'>;

export function paymentDetails(
  { charge, doctor }: { charge: ChargeState; doctor: Person },
  provider: Shown,
  clientSecret: string | null,
): PaymentDetails {
  const { currency } = charge.amount;
  return {
    id: charge.id,
    appointmentId: charge.appointmentId,
    status: charge.status,
    payable: Charge.restore(charge).isPayable,
    amount: { amount: charge.amount.amount, currency },
    refunded: { amount: refundedOf(charge), currency },
    intent: charge.intent?.kind ?? 'payment',
    clientSecret,
    provider: provider.name,
    publishableKey: provider.publishableKey,
    method: charge.method ? { brand: charge.method.brand, last4: charge.method.last4 } : null,
    declineCode: charge.declineCode ?? null,
    doctor: personView(doctor),
    startsAt: charge.startsAt.toISOString(),
    receiptNumber: charge.receiptNumber ?? null,
    createdAt: charge.createdAt.toISOString(),
    paidAt: charge.paidAt?.toISOString() ?? null,
    version: charge.version,
  };
}

export const addedMethodView = ({ method, status, clientSecret }: AddedMethod, provider: Shown): AddedMethodView => ({
  id: method?.id ?? null,
  brand: method?.brand ?? null,
  last4: method?.last4 ?? null,
  expMonth: method?.expMonth ?? null,
  expYear: method?.expYear ?? null,
  isDefault: method?.isDefault ?? false,
  status,
  clientSecret: status === 'saved' ? null : clientSecret,
  provider: provider.name,
  publishableKey: provider.publishableKey,
});

const DEFAULT_CURRENCY = 'TND';

/** Currencies are not added up: the totals are those of the currency that moved most. */
export function totalsView(totals: readonly IncomeTotals[]): IncomeView['totals'] {
  const [main] = [...totals].sort((a, b) => b.income - a.income);
  const { currency, income, refunds, fees } = main ?? { currency: DEFAULT_CURRENCY, income: 0, refunds: 0, fees: 0 };
  const money = (amount: number) => ({ amount, currency });
  return { income: money(income), refunds: money(refunds), fees: money(fees), net: money(income - refunds - fees) };
}

export function incomeLineView(line: IncomeRead): IncomeView['items'][number] {
  const { id, kind, at, appointmentId, patient, amount, fee, currency, receiptNumber = null } = line;
  return {
    id,
    kind,
    at: at.toISOString(),
    appointmentId,
    patient: personView(patient),
    amount: { amount, currency },
    fee: { amount: fee, currency },
    net: { amount: amount - fee, currency },
    receiptNumber,
  };
}

/** A period given as instants or dates (UTC midnight). @throws ValidationFailed when it ends before it begins */
export function periodOf({ from, to }: { from?: string; to?: string }): { from?: Date; to?: Date } {
  const period = { ...(from !== undefined && { from: new Date(from) }), ...(to !== undefined && { to: new Date(to) }) };
  if (period.from && period.to && period.to < period.from)
    throw new ValidationFailed([{ field: 'to', code: 'from-after-to' }]);
  return period;
}
