/** A card as it is typed. */
export interface TypedCard {
  number: string;
  expiry: string;
  cvc: string;
}

export type CardField = keyof TypedCard;

export const emptyCard: TypedCard = { number: '', expiry: '', cvc: '' };

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** The check digit of ISO/IEC 7812-1. */
function passesLuhn(number: string): boolean {
  let sum = 0;
  [...number].reverse().forEach((digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  });
  return sum % 10 === 0;
}

export function brandOf(number: string): 'visa' | 'mastercard' | 'amex' | undefined {
  const digits = digitsOf(number);
  if (/^4/.test(digits)) return 'visa';
  if (/^(5[1-5]|2[2-7])/.test(digits)) return 'mastercard';
  return /^3[47]/.test(digits) ? 'amex' : undefined;
}

/** In groups, as it stands on the card. */
export function groupNumber(typed: string): string {
  const digits = digitsOf(typed).slice(0, 19);
  const groups = brandOf(digits) === 'amex' ? /^(\d{1,4})(\d{1,6})?(\d{1,5})?/ : undefined;
  if (groups) return (groups.exec(digits) ?? []).slice(1).filter(Boolean).join(' ');
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ');
}

export function groupExpiry(typed: string): string {
  const digits = digitsOf(typed).slice(0, 4);
  const padded = /^[2-9]/.test(digits) ? `0${digits}` : digits;
  return padded.length > 2 ? `${padded.slice(0, 2)}/${padded.slice(2, 4)}` : padded;
}

export function expiryOf(typed: string): { month: number; year: number } | undefined {
  const match = /^(\d{2})\/(\d{2})$/.exec(typed);
  return match ? { month: Number(match[1]), year: 2000 + Number(match[2]) } : undefined;
}

/** What is wrong, by field; nothing when it can be tried. */
export function faultsOf({ number, expiry, cvc }: TypedCard, now: Date): CardField[] {
  const digits = digitsOf(number);
  const date = expiryOf(expiry);
  const current = now.getFullYear() * 12 + now.getMonth() + 1;
  return [
    ...(digits.length >= 12 && passesLuhn(digits) ? [] : ['number' as const]),
    ...(date && date.month >= 1 && date.month <= 12 && date.year * 12 + date.month >= current
      ? []
      : ['expiry' as const]),
    ...(/^\d{3,4}$/.test(cvc) ? [] : ['cvc' as const]),
  ];
}

const authentication = [
  'authentication_required',
  'payment_intent_authentication_failure',
  'setup_intent_authentication_failure',
];
const named = ['insufficient_funds', 'expired_card', 'incorrect_cvc', 'incorrect_number', 'processing_error'];

/** Which of our texts says why the bank declined; Stripe asks not to say that a card is lost or stolen. */
export function declineText(code: string | null | undefined): string {
  if (code && authentication.includes(code)) return 'payments.declines.authentication';
  if (code === 'authorization_expired') return 'payments.declines.lapsed';
  if (code === 'invalid_cvc') return 'payments.declines.incorrect_cvc';
  return code && named.includes(code) ? `payments.declines.${code}` : 'payments.declines.other';
}

/** Seconds until a hold ends, never negative. */
export const secondsLeft = (holdUntil: string, now: number): number =>
  Math.max(0, Math.floor((new Date(holdUntil).getTime() - now) / 1000));

export const clock = (seconds: number): string =>
  `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
