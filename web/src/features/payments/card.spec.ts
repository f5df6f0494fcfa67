import { describe, expect, it } from 'vitest';
import { ar } from '../../lib/i18n/ar';
import { en } from '../../lib/i18n/en';
import { fr } from '../../lib/i18n/fr';
import { brandOf, clock, declineText, faultsOf, groupExpiry, groupNumber, secondsLeft } from './card';

const now = new Date('2026-11-23T12:00:00');
const good = { number: '4242 4242 4242 4242', expiry: '12/30', cvc: '123' };

describe('a card as it is typed', () => {
  it.each([
    [good, []],
    [{ ...good, number: '4242 4242 4242 4241' }, ['number']],
    [{ ...good, number: '' }, ['number']],
    [{ ...good, expiry: '11/26' }, []],
    [{ ...good, expiry: '10/26' }, ['expiry']],
    [{ ...good, expiry: '13/30' }, ['expiry']],
    [{ ...good, expiry: '1230' }, ['expiry']],
    [{ ...good, cvc: '12' }, ['cvc']],
    [{ number: '1', expiry: '', cvc: 'abc' }, ['number', 'expiry', 'cvc']],
  ])('%j has %j wrong', (card, faults) => {
    expect(faultsOf(card, now)).toEqual(faults);
  });

  it('is grouped as it stands on the card', () => {
    expect(groupNumber('4242424242424242')).toBe('4242 4242 4242 4242');
    expect(groupNumber('378282246310005')).toBe('3782 822463 10005');
    expect(groupNumber('42424')).toBe('4242 4');
    expect(groupExpiry('9')).toBe('09');
    expect(groupExpiry('1230')).toBe('12/30');
    expect(brandOf('5555 5555')).toBe('mastercard');
  });
});

describe('a decline', () => {
  it.each([
    ['insufficient_funds', 'payments.declines.insufficient_funds'],
    ['payment_intent_authentication_failure', 'payments.declines.authentication'],
    ['lost_card', 'payments.declines.other'],
    ['stolen_card', 'payments.declines.other'],
    [null, 'payments.declines.other'],
  ])('%s is told as %s', (code, text) => {
    expect(declineText(code)).toBe(text);
  });
});

describe('the words of a decline', () => {
  const codes = ['insufficient_funds', 'expired_card', 'incorrect_cvc', 'invalid_cvc', 'incorrect_number'];
  const others = ['processing_error', 'authentication_required', 'authorization_expired', 'lost_card', 'do_not_honor'];
  it.each([
    ['fr', fr],
    ['en', en],
    ['ar', ar],
  ])('are there in %s for every code, and never name a lost or stolen card', (_language, texts) => {
    const wordsOf = (code: string): unknown =>
      declineText(code)
        .split('.')
        .reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], texts);
    for (const code of [...codes, ...others]) expect(wordsOf(code)).toEqual(expect.stringMatching(/.{10}/));
    expect(wordsOf('stolen_card')).toBe(wordsOf('do_not_honor'));
  });
});

describe('a hold', () => {
  it('counts down and stops at nothing', () => {
    const until = '2026-11-23T12:10:00.000Z';
    expect(secondsLeft(until, Date.parse('2026-11-23T12:00:30.000Z'))).toBe(570);
    expect(secondsLeft(until, Date.parse('2026-11-23T12:11:00.000Z'))).toBe(0);
    expect(clock(570)).toBe('09:30');
  });
});
