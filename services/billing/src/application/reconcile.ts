import { Injectable } from '@nestjs/common';
import { Charges, Ledger } from '../domain/charges.js';
import type { LedgerTransaction } from '../domain/ledger.js';
import { Clock } from '../domain/ports.js';
import { PaymentProvider, type ProviderMovement } from '../domain/provider.js';
import type { Refusal } from '../domain/refusal.js';
import { isRefused } from '../domain/settlement.js';
import { HOUR_MS } from '../domain/values.js';

/** Something that one side has booked otherwise than the other; amounts in minor units, in positive, out negative. */
export interface Difference {
  kind: 'payment' | 'refund' | 'fee' | 'balance';
  /** The provider's id, or an account of the ledger. */
  source: string;
  currency: string;
  ledger: number;
  provider: number;
}

export interface Reconciliation {
  from: Date;
  to: Date;
  /** Movements compared. */
  compared: number;
  differences: Difference[];
  /** What the provider refuses to do now, longest first: it has moved nowhere, so the books agree. */
  refused: RefusedStep[];
}

/** Tried again at `until`. */
export interface RefusedStep extends Refusal {
  paymentId: string;
  appointmentId: string;
}

interface Sums {
  kind: 'payment' | 'refund';
  currency: string;
  amount: number;
  fee: number;
}

/** Clocks differ, and one side books a little after the other: each is looked for so far beyond the period. */
const MARGIN_MS = 2 * HOUR_MS;
const MOST_REFUSED = 1_000;

/** Compares the books with the provider's, to the last minor unit. */
@Injectable()
export class ReconcileHandler {
  constructor(
    private readonly ledger: Ledger,
    private readonly charges: Charges,
    private readonly provider: PaymentProvider,
    private readonly clock: Clock,
  ) {}

  /** @throws ProviderUnavailable */
  async execute(from: Date, to: Date): Promise<Reconciliation> {
    const wide = [new Date(from.getTime() - MARGIN_MS), new Date(to.getTime() + MARGIN_MS)] as const;
    const ours = new Map<string, Sums & { at: Date }>();
    for await (const transaction of this.ledger.movements(...wide)) add(ours, transaction);
    const theirs = new Map<string, Sums & { at: Date }>();
    for await (const movement of this.provider.movements(...wide)) theirs.set(movement.source, sumsOf(movement));
    const differences: Difference[] = [];
    let compared = 0;
    for (const source of new Set([...ours.keys(), ...theirs.keys()])) {
      const [mine, their] = [ours.get(source), theirs.get(source)];
      const known = mine ?? their!;
      // Seen only in the margin of one side, it belongs to the neighbouring period.
      if (known.at < from || known.at >= to) continue;
      compared += 1;
      const difference = (kind: Difference['kind'], ledger: number, provider: number) => {
        if (ledger !== provider) differences.push({ kind, source, currency: known.currency, ledger, provider });
      };
      difference(known.kind, mine?.amount ?? 0, their?.amount ?? 0);
      difference('fee', mine?.fee ?? 0, their?.fee ?? 0);
    }
    for (const { currency, amount } of await this.ledger.balances()) {
      if (amount !== 0) differences.push({ kind: 'balance', source: 'ledger', currency, ledger: amount, provider: 0 });
    }
    return { from, to, compared, differences, refused: await this.refused() };
  }

  private async refused(): Promise<RefusedStep[]> {
    const now = this.clock.now();
    const charges = await this.charges.refused(MOST_REFUSED);
    return charges
      .filter((charge) => isRefused(charge, now))
      .map(({ id: paymentId, appointmentId, refusal }) => ({ paymentId, appointmentId, ...refusal! }));
  }
}

const sumsOf = ({ kind, currency, amount, fee, at }: ProviderMovement) => ({ kind, currency, amount, fee, at });

function add(sums: Map<string, Sums & { at: Date }>, { kind, source, entries, currency, at }: LedgerTransaction): void {
  if (source === undefined) return;
  const moved = entries.find(({ account }) => account === 'provider')?.amount ?? 0;
  const isRefund = kind === 'refunded' || kind === 'refund-failed';
  const sum = sums.get(source) ?? {
    kind: isRefund ? ('refund' as const) : ('payment' as const),
    currency,
    amount: 0,
    fee: 0,
    at,
  };
  if (kind === 'fee') sum.fee -= moved;
  else sum.amount += moved;
  sums.set(source, sum);
}
