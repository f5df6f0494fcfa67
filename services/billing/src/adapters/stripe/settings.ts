import { SettingError } from '@medflow/service-kit';

/** How the provider is reached: Stripe itself, or the test provider that stands in for it. */
export interface StripeSettings {
  name: 'stripe' | 'test';
  secretKey: string;
  publishableKey: string;
  webhookSecret: string;
  /** Of the test provider. */
  url?: URL;
}

/** @throws SettingError naming what is missing */
export function stripeSettings(env: Readonly<Record<string, string | undefined>>): StripeSettings {
  const { STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET, MEDFLOW_TEST_PROVIDER_URL } = env;
  if (STRIPE_SECRET_KEY) {
    if (!STRIPE_PUBLISHABLE_KEY || !STRIPE_WEBHOOK_SECRET) {
      throw new SettingError(
        'STRIPE_SECRET_KEY is set, so STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET must be as well (docs/stripe.md).',
      );
    }
    return {
      name: 'stripe',
      secretKey: STRIPE_SECRET_KEY,
      publishableKey: STRIPE_PUBLISHABLE_KEY,
      webhookSecret: STRIPE_WEBHOOK_SECRET,
    };
  }
  if (!MEDFLOW_TEST_PROVIDER_URL) {
    throw new SettingError(
      'Neither STRIPE_SECRET_KEY nor MEDFLOW_TEST_PROVIDER_URL is set: give Stripe’s keys (docs/stripe.md), or start the test provider (npm run service test-provider).',
    );
  }
  const { MEDFLOW_TEST_PROVIDER_SECRET_KEY: secretKey, MEDFLOW_TEST_PROVIDER_WEBHOOK_SECRET: webhookSecret } = env;
  if (!secretKey || !webhookSecret) {
    throw new SettingError(
      'MEDFLOW_TEST_PROVIDER_URL is set, so MEDFLOW_TEST_PROVIDER_SECRET_KEY and MEDFLOW_TEST_PROVIDER_WEBHOOK_SECRET must be as well: the test provider’s own (README).',
    );
  }
  return {
    name: 'test',
    secretKey,
    publishableKey: env.MEDFLOW_TEST_PROVIDER_PUBLISHABLE_KEY ?? 'pk_test_medflow',
    webhookSecret,
    url: new URL(MEDFLOW_TEST_PROVIDER_URL),
  };
}
