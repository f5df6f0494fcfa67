import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js';
import { loadStripe, type Stripe, type StripeElementsOptionsMode } from '@stripe/stripe-js';
import { type Ref, useImperativeHandle, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../lib/problems';
import { type CardEntry, CardRefused } from './card-entry';

let loading: { key: string; stripe: Promise<Stripe | null> } | undefined;

/** Stripe's script, from Stripe, once a page. */
function stripeOf(key: string): Promise<Stripe | null> {
  if (loading?.key !== key) loading = { key, stripe: loadStripe(key) };
  return loading.stripe;
}

function Fields({ shown, entry, onEdit }: { shown: boolean; entry: Ref<CardEntry>; onEdit: () => void }) {
  const stripe = useStripe();
  const elements = useElements();
  useImperativeHandle(entry, () => ({
    tokenise: async () => {
      if (!stripe || !elements) return undefined;
      const { error: fault } = await elements.submit();
      // The element itself says what is wrong with what was typed.
      if (fault) return undefined;
      const { error, paymentMethod } = await stripe.createPaymentMethod({ elements });
      if (error) throw new CardRefused(error.decline_code ?? error.code ?? '');
      return paymentMethod.id;
    },
    authenticate: async ({ clientSecret }) => {
      if (!stripe) throw new ProblemError(0, 'offline', '');
      const { error } = await stripe.handleNextAction({ clientSecret });
      return error === undefined;
    },
  }));
  return shown ? <PaymentElement options={{ layout: 'tabs' }} onChange={onEdit} /> : null;
}

/** Stripe's Payment Element; the payment itself is confirmed by the server. */
export default function StripeCardForm({
  publishableKey,
  amount,
  shown,
  entry,
  onEdit,
}: {
  publishableKey: string;
  /** Absent where a card is only saved. */
  amount: { amount: number; currency: string } | undefined;
  shown: boolean;
  entry: Ref<CardEntry>;
  onEdit: () => void;
}) {
  const { i18n } = useTranslation();
  const stripe = useMemo(() => stripeOf(publishableKey), [publishableKey]);
  const options: StripeElementsOptionsMode = {
    ...(amount
      ? { mode: 'payment', amount: amount.amount, currency: amount.currency.toLowerCase() }
      : { mode: 'setup', currency: 'tnd' }),
    paymentMethodCreation: 'manual',
    allowedPaymentMethodTypes: ['card'],
    locale: i18n.language as 'fr' | 'en' | 'ar',
  };
  return (
    <Elements stripe={stripe} options={options}>
      <Fields shown={shown} entry={entry} onEdit={onEdit} />
    </Elements>
  );
}
