import { randomBytes } from 'node:crypto';
import { belongsToAnother, type Methods } from './methods.js';
import type { CardFailure, PaymentIntent, PaymentMethod, SetupIntent } from './objects.js';
import { type Parameters, text } from './parameters.js';
import { invalid, type ProviderError, unexpectedState } from './provider-error.js';
import type { AccountState } from './account-state.js';

type Intent = PaymentIntent | SetupIntent;

const CONFIRMABLE: readonly Intent['status'][] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];

const nameOf = (intent: Intent): string => (intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent');

/** What payment and setup intents have in common on their way. */
export class Confirmation {
  constructor(
    private readonly state: AccountState,
    private readonly methods: Methods,
  ) {}

  giveMethod(intent: Intent, id: string): void {
    const method = this.methods.resolve(id);
    if (method.customer !== null && method.customer !== intent.customer) throw belongsToAnother();
    this.state.update(intent as PaymentIntent, { payment_method: method.id, status: 'requires_confirmation' });
  }

  /** The method to go on with. @throws ProviderError when the state does not allow it, or there is none */
  begin(intent: Intent, parameters: Parameters): PaymentMethod {
    if (!CONFIRMABLE.includes(intent.status)) throw wrongState(intent, 'confirmed');
    const named = text(parameters, 'payment_method');
    if (named !== undefined) this.giveMethod(intent, named);
    if (intent.payment_method === null) {
      throw invalid(
        `You cannot confirm this ${nameOf(intent)} because it is missing a payment method.`,
        undefined,
        `${intent.object}_unexpected_state`,
      );
    }
    return this.state.get('payment_method', intent.payment_method);
  }

  /** 3-D Secure: the bank wants to hear from the customer. */
  ask<T extends Intent>(intent: T): T {
    this.state.update(intent as PaymentIntent, {
      status: 'requires_action',
      next_action: { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } },
    });
    this.state.recordEvent(`${intent.object}.requires_action`, intent);
    return intent;
  }

  /** The method that the customer was asked about. @throws ProviderError when they were not */
  answered(intent: Intent): PaymentMethod {
    if (intent.status !== 'requires_action') throw wrongState(intent, 'authenticated');
    this.state.update(intent as PaymentIntent, { next_action: null });
    return this.state.get('payment_method', intent.payment_method!);
  }
}

export const secretOf = (id: string): string => `${id}_secret_${randomBytes(12).toString('hex')}`;

export const failureOf = (code: string, declineCode: string): CardFailure => ({
  type: 'card_error',
  code,
  decline_code: declineCode,
  message: 'Your card was declined.',
});

export const notAuthenticated = ({ object }: Intent): CardFailure => ({
  type: 'card_error',
  code: `${object}_authentication_failure`,
  message: 'We are unable to authenticate your payment method.',
});

export const wrongState = (intent: Intent, done: string): ProviderError =>
  unexpectedState(
    intent.object,
    `This ${nameOf(intent)} could not be ${done} because it has a status of ${intent.status}.`,
  );
