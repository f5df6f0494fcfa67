import { createHash } from 'node:crypto';
import { invalid, ProviderError } from './provider-error.js';

/** What a card does when it is used. */
export type Behaviour =
  | 'accepts'
  /** Can be saved, not charged. */
  | 'fails-when-charged'
  /** 3-D Secure unless it was saved for charges without the patient. */
  | 'authenticates-once'
  /** 3-D Secure at every payment. */
  | 'authenticates-always'
  | { readonly declines: string; readonly code: string };

const declines = (declineCode: string, code = 'card_declined'): Behaviour => ({ declines: declineCode, code });

/** Stripe's test cards; whatever else is typed may be somebody's own. Source: Stripe, « Test cards ». */
const behaviours: Readonly<Record<string, Behaviour>> = {
  '4242424242424242': 'accepts',
  '4000056655665556': 'accepts',
  '5555555555554444': 'accepts',
  '2223003122003222': 'accepts',
  '5200828282828210': 'accepts',
  '5105105105105100': 'accepts',
  '378282246310005': 'accepts',
  '371449635398431': 'accepts',
  '6011111111111117': 'accepts',
  '6011000990139424': 'accepts',
  '4000000000000002': declines('generic_decline'),
  '4000000000009995': declines('insufficient_funds'),
  '4000000000009987': declines('lost_card'),
  '4000000000009979': declines('stolen_card'),
  '4000000000000069': declines('expired_card', 'expired_card'),
  '4000000000000127': declines('incorrect_cvc', 'incorrect_cvc'),
  '4000000000000119': declines('processing_error', 'processing_error'),
  '4000000000000341': 'fails-when-charged',
  '4000002500003155': 'authenticates-once',
  '4000002760003184': 'authenticates-always',
  '4000000000003220': 'authenticates-always',
};

/** Stripe's test methods by name, and the card that each stands for. */
const named: Readonly<Record<string, string>> = {
  pm_card_visa: '4242424242424242',
  pm_card_visa_debit: '4000056655665556',
  pm_card_mastercard: '5555555555554444',
  pm_card_amex: '378282246310005',
  pm_card_visa_chargeDeclined: '4000000000000002',
  pm_card_chargeDeclined: '4000000000000002',
  pm_card_visa_chargeDeclinedInsufficientFunds: '4000000000009995',
  pm_card_chargeDeclinedInsufficientFunds: '4000000000009995',
  pm_card_visa_chargeDeclinedLostCard: '4000000000009987',
  pm_card_visa_chargeDeclinedStolenCard: '4000000000009979',
  pm_card_visa_chargeDeclinedExpiredCard: '4000000000000069',
  pm_card_chargeDeclinedExpiredCard: '4000000000000069',
  pm_card_visa_chargeDeclinedIncorrectCvc: '4000000000000127',
  pm_card_chargeDeclinedIncorrectCvc: '4000000000000127',
  pm_card_visa_chargeDeclinedProcessingError: '4000000000000119',
  pm_card_chargeDeclinedProcessingError: '4000000000000119',
  pm_card_chargeCustomerFail: '4000000000000341',
  pm_card_threeDSecure2Required: '4000000000003220',
  pm_card_threeDSecureRequired: '4000000000003220',
  pm_card_authenticationRequired: '4000002760003184',
  pm_card_authenticationRequiredOnSetup: '4000002500003155',
  pm_card_authenticationRequiredSetupForOffSession: '4000002500003155',
};

export interface Card {
  readonly brand: string;
  readonly last4: string;
  readonly exp_month: number;
  readonly exp_year: number;
  readonly fingerprint: string;
  readonly behaviour: Behaviour;
}

const brandOf = (number: string): string => {
  if (/^4/.test(number)) return 'visa';
  if (/^(5[1-5]|2[2-7])/.test(number)) return 'mastercard';
  if (/^3[47]/.test(number)) return 'amex';
  return /^6/.test(number) ? 'discover' : 'unknown';
};

/** The check digit of ISO/IEC 7812-1. */
function passesLuhn(number: string): boolean {
  let sum = 0;
  [...number].reverse().forEach((digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  });
  return sum % 10 === 0;
}

const cardError = (code: string, param: string, message: string): ProviderError =>
  new ProviderError(402, { type: 'card_error', code, param, message });

/** Not even a digest of a real card is made: it could be guessed from what else is kept. */
const liveCard = (): ProviderError =>
  new ProviderError(402, {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'test_mode_live_card',
    param: 'number',
    message: 'Your card was declined. Your request was in test mode, but used a non test card.',
  });

/**
 * A card from what was typed. The number itself is kept nowhere.
 * @throws ProviderError as Stripe answers it
 */
export function readCard(typed: Record<string, unknown>, now: Date): Card {
  const number = String(typed.number ?? '').replace(/[\s-]/g, '');
  const [month, shortYear] = [Number(typed.exp_month), Number(typed.exp_year)];
  const year = shortYear < 100 ? 2000 + shortYear : shortYear;
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number))
    throw cardError('incorrect_number', 'number', 'Your card number is incorrect.');
  if (!Number.isInteger(month) || month < 1 || month > 12)
    throw cardError('invalid_expiry_month', 'exp_month', 'Your card’s expiration month is invalid.');
  const ended = year * 12 + month < now.getUTCFullYear() * 12 + now.getUTCMonth() + 1;
  if (!Number.isInteger(year) || ended || year > now.getUTCFullYear() + 50)
    throw cardError('invalid_expiry_year', 'exp_year', 'Your card’s expiration year is invalid.');
  if (typed.cvc !== undefined && !/^\d{3,4}$/.test(String(typed.cvc)))
    throw cardError('invalid_cvc', 'cvc', 'Your card’s security code is invalid.');
  const behaviour = behaviours[number];
  if (behaviour === undefined) throw liveCard();
  return {
    brand: brandOf(number),
    last4: number.slice(-4),
    exp_month: month,
    exp_year: year,
    fingerprint: createHash('sha256').update(`medflow ${number}`).digest('base64url').slice(0, 16),
    behaviour,
  };
}

/** @throws ProviderError when there is no test method of that name */
export function namedCard(name: string, now: Date): Card {
  const number = named[name];
  if (number === undefined) throw invalid(`No such PaymentMethod: '${name}'`, 'payment_method', 'resource_missing');
  return readCard({ number, exp_month: 12, exp_year: now.getUTCFullYear() + 2 }, now);
}

export const isNamedCard = (id: string): boolean => id.startsWith('pm_card_');
