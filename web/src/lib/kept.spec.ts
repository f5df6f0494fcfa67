import { beforeEach, describe, expect, it } from 'vitest';
import type { Schemas } from './api';
import { KEPT_DAYS, KeptAppointments } from './kept';

const DAY_MS = 86_400_000;
const me = { role: 'patient' };

const appointment = (over: Partial<Schemas['AppointmentView']> = {}): Schemas['AppointmentView'] => ({
  id: 'a1',
  status: 'accepted',
  doctor: { id: 'd1', firstName: 'Leïla', lastName: 'Ben Salah', photo: { url: '/large', thumbnailUrl: '/small' } },
  patient: { id: 'p1', firstName: 'Amine', lastName: 'Trabelsi', photo: null },
  startsAt: '2026-12-01T09:00:00.000Z',
  endsAt: '2026-12-01T09:30:00.000Z',
  mode: 'in-person',
  price: { amount: 60_000, currency: 'TND' },
  reason: 'Palpitations',
  payment: { status: 'paid', paymentId: 'pay1' },
  policy: {
    cancellableUntil: '2026-12-01T09:00:00.000Z',
    cutoffHours: 24,
    wholeRefundUntil: '2026-11-30T09:00:00.000Z',
    movableUntil: '2026-11-30T09:00:00.000Z',
    tiers: [],
    refundPercentNow: 100,
  },
  createdAt: '2026-11-20T09:00:00.000Z',
  version: 3,
  ...over,
});

describe('appointments kept for reading without network', () => {
  let now: number;
  let stored: Map<string, string>;
  let store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  let kept: KeptAppointments;
  beforeEach(() => {
    now = Date.parse('2026-11-30T10:00:00Z');
    stored = new Map();
    store = {
      getItem: (name: string) => stored.get(name) ?? null,
      setItem: (name: string, text: string) => void stored.set(name, text),
      removeItem: (name: string) => void stored.delete(name),
    };
    kept = new KeptAppointments(
      () => store,
      () => now,
    );
  });
  const one = (id: string) => kept.all().find((visit) => visit.appointment.id === id);
  const everything = () => [...stored.values()].join();

  it('says with whom, when, where and how each stands, and never why', () => {
    kept.begin(me);
    const told = { by: 'doctor', reason: 'Secret' } as const;
    kept.keepList('upcoming', [appointment({ cancellation: told, rejection: { reason: 'Secret' } })], now);
    kept.keepVisit(appointment(), '1, rue de Marseille, Tunis', now);
    expect(one('a1')).toMatchObject({
      appointment: { status: 'accepted', doctor: { lastName: 'Ben Salah' }, startsAt: '2026-12-01T09:00:00.000Z' },
      place: '1, rue de Marseille, Tunis',
      readAt: now,
    });
    expect(everything()).not.toMatch(/Palpitations|Secret|Trabelsi|pay1|small|large/);
  });

  it('shows each as it was read last, in the order of their starts, and remembers its place', () => {
    kept.begin(me);
    kept.keepVisit(appointment({ status: 'requested' }), 'Tunis', now);
    const earlier = appointment({ id: 'a0', startsAt: '2026-11-30T09:00:00.000Z' });
    kept.keepList('upcoming', [appointment(), earlier], now + 1_000);
    expect(kept.all().map((visit) => [visit.appointment.id, visit.appointment.status, visit.place])).toEqual([
      ['a0', 'accepted', undefined],
      ['a1', 'accepted', 'Tunis'],
    ]);
  });

  it('keeps nothing of doctors and administrators, whose visits are other people’s', () => {
    for (const how of ['begin', 'goOn'] as const) {
      kept.begin(me);
      kept.keepVisit(appointment(), undefined, now);
      kept[how]({ role: 'doctor' });
      kept.keepVisit(appointment(), undefined, now);
      expect(stored.size).toBe(0);
    }
  });

  it('goes on with what the session has read before, in any tab', () => {
    kept.begin(me);
    kept.keepVisit(appointment(), undefined, now);
    const other = new KeptAppointments(
      () => store,
      () => now,
    );
    other.open();
    other.goOn(me);
    other.keepVisit(appointment({ id: 'a2' }), undefined, now);
    expect(kept.all()).toHaveLength(2);
  });

  it('forgets one account when another signs in, and takes nothing more from it in other tabs', () => {
    const other = new KeptAppointments(
      () => store,
      () => now,
    );
    kept.begin(me);
    kept.keepVisit(appointment(), undefined, now);
    other.open();
    kept.begin(me);
    other.goOn(me);
    other.keepVisit(appointment(), undefined, now);
    other.keepList('upcoming', [appointment()], now);
    expect(kept.all()).toEqual([]);
    expect(everything()).not.toContain('Salah');
  });

  it('leaves nothing behind when it is erased, and keeps nothing after it', () => {
    kept.begin(me);
    kept.keepVisit(appointment(), undefined, now);
    kept.erase();
    kept.keepVisit(appointment(), undefined, now);
    expect([stored.size, kept.isThere(), kept.all()]).toEqual([0, false, []]);
  });

  it('ends after seven days, on the device as well', () => {
    kept.begin(me);
    kept.keepVisit(appointment(), undefined, now);
    kept.keepList('upcoming', [appointment({ id: 'a2' })], now + DAY_MS);
    now += KEPT_DAYS * DAY_MS;
    kept.open();
    expect(kept.all().map((visit) => visit.appointment.id)).toEqual(['a2']);
    expect(everything()).not.toContain('"a1"');
  });

  it('is twenty of a list and twenty of those opened, the last ones', () => {
    kept.begin(me);
    const many = Array.from({ length: 40 }, (_, at) => appointment({ id: `a${at}` }));
    kept.keepList('past', many, now);
    expect(kept.all()).toHaveLength(20);
    many.forEach((one) => kept.keepVisit(one, undefined, now));
    expect(one('a39')).toBeDefined();
    expect(kept.all()).toHaveLength(40);
    expect(everything().length).toBeLessThan(40_000);
  });

  it('does without a store, and without one that others have written to', () => {
    const forbidden = new KeptAppointments(() => {
      throw new Error('SecurityError');
    });
    forbidden.begin(me);
    forbidden.keepVisit(appointment(), undefined, now);
    forbidden.erase();
    expect(forbidden.all()).toEqual([]);
    stored.set('medflow.kept', 'null');
    expect(kept.all()).toEqual([]);
    expect(stored.size).toBe(0);
  });
});
