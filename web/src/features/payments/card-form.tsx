import { lazy, type Ref, Suspense } from 'react';
import { Loading } from '../../components/states';
import type { CardEntry } from './card-entry';
import TestCardForm from './test-card-form';

/** Only where real money moves. */
const StripeCardForm = lazy(() => import('./stripe-card-form'));

export interface CardFormProps {
  provider: 'stripe' | 'test';
  publishableKey: string;
  amount?: { amount: number; currency: string };
  shown: boolean;
  entry: Ref<CardEntry>;
  /** Something else is typed now. */
  onEdit: () => void;
}

export function CardForm({ provider, amount, ...form }: CardFormProps) {
  if (provider === 'test') return <TestCardForm {...form} />;
  return (
    <Suspense fallback={<Loading rows={2} height={60} />}>
      <StripeCardForm amount={amount} {...form} />
    </Suspense>
  );
}
