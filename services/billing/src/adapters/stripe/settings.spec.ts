import { describe, expect, it } from '@jest/globals';
import { SettingError } from '@medflow/service-kit';
import { stripeSettings } from './settings.js';

const stripe = {
  STRIPE_SECRET_KEY: 'sk_live_1',
  STRIPE_PUBLISHABLE_KEY: 'pk_live_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
};
const test = {
  MEDFLOW_TEST_PROVIDER_URL: 'http://127.0.0.1:3009',
  MEDFLOW_TEST_PROVIDER_SECRET_KEY: 'sk_test_1',
  MEDFLOW_TEST_PROVIDER_WEBHOOK_SECRET: 'whsec_2',
};

describe('how the payment provider is reached', () => {
  it('is told by the keys of Stripe, or of the test provider', () => {
    expect(stripeSettings({ ...stripe, ...test })).toMatchObject({ name: 'stripe', secretKey: 'sk_live_1' });
    expect(stripeSettings(test)).toMatchObject({ name: 'test', secretKey: 'sk_test_1', webhookSecret: 'whsec_2' });
  });

  it.each([...Object.keys(stripe).slice(1), ...Object.keys(test)])(
    'is not made up: without %s nothing starts, and that is said',
    (missing) => {
      const rest = { ...(missing in stripe ? stripe : test), [missing]: undefined };
      expect(() => stripeSettings(rest)).toThrow(SettingError);
      expect(() => stripeSettings(rest)).toThrow(missing);
    },
  );
});
