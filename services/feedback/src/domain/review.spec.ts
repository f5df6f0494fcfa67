import { describe, expect, it } from '@jest/globals';
import { Review, standingOf } from './review.js';
import type { Visit, VisitStatus } from './visit.js';

const submittedAt = new Date('2026-11-30T10:00:00Z');
const hoursLater = (hours: number) => new Date(submittedAt.getTime() + hours * 3_600_000);
const visit = (status: VisitStatus = 'completed'): Visit => ({
  appointmentId: 'a1',
  doctorId: 'd1',
  patientId: 'p1',
  startsAt: new Date('2026-11-30T08:00:00Z'),
  status,
  sequence: 3,
});
const submitted = () =>
  Review.submit(visit(), { stars: 4, comment: 'Très à l’écoute' }, { id: 'r1', day: '2026-11-30' }, submittedAt);
const saved = () => Review.restore(submitted().state);
const coded = (code: string) => expect.objectContaining({ code, kind: 'conflict' });
const thrown = (work: () => void): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

describe('a review', () => {
  it('belongs to a completed visit, its patient and its doctor', () => {
    const review = submitted();
    expect(review.state).toMatchObject({ appointmentId: 'a1', doctorId: 'd1', patientId: 'p1', stars: 4, version: 1 });
    expect(review.facts.map(({ name, at }) => [name, at])).toEqual([['submitted', submittedAt]]);
    expect(review.ratingChange).toEqual({ count: 1, sum: 4, distribution: { 4: 1 } });
  });

  it.each(['held', 'requested', 'accepted', 'rejected', 'cancelled', 'missed', 'expired'] as const)(
    'is refused of a visit that is %s',
    (status) => {
      const submit = () =>
        Review.submit(visit(status), { stars: 4, comment: null }, { id: 'r1', day: '2026-11-30' }, submittedAt);
      expect(thrown(submit)).toEqual(coded('not-completed'));
    },
  );

  it('can be edited for 48 hours, not a millisecond longer', () => {
    const review = saved();
    review.edit({ stars: 2, comment: null }, hoursLater(48));
    expect(review.state).toMatchObject({ stars: 2, comment: null, editedAt: hoursLater(48), version: 2 });
    expect(review.facts.map(({ name, review: { version } }) => [name, version])).toEqual([['submitted', 2]]);
    expect(review.ratingChange).toEqual({ count: 0, sum: -2, distribution: { 4: -1, 2: 1 } });
    const late = () => saved().edit({ stars: 2, comment: null }, new Date(hoursLater(48).getTime() + 1));
    expect(thrown(late)).toEqual(coded('too-late'));
  });

  it('changes no rating when only its comment is edited', () => {
    const review = saved();
    review.edit({ stars: 4, comment: 'Parfait' }, hoursLater(1));
    expect(review.ratingChange).toBeUndefined();
  });

  it('is answered once', () => {
    const review = saved();
    review.answer('Merci', hoursLater(1));
    expect(review.state.reply).toEqual({ comment: 'Merci', createdAt: hoursLater(1) });
    expect(review.facts.map(({ name }) => name)).toEqual(['answered']);
    expect(thrown(() => review.answer('Encore', hoursLater(2)))).toEqual(coded('already-answered'));
    expect(review.ratingChange).toBeUndefined();
  });
});

describe('moderation', () => {
  it('hides a reported comment, whose stars still count', () => {
    const review = saved();
    review.report('Insultes', hoursLater(1));
    expect(standingOf(review.state)).toBe('reported');
    review.hide('Propos injurieux', hoursLater(2));
    expect(standingOf(review.state)).toBe('hidden');
    expect(review.state).toMatchObject({ report: { reason: 'Insultes', open: false }, stars: 4 });
    expect(review.facts.map(({ name }) => name)).toEqual(['hidden']);
    expect(review.ratingChange).toBeUndefined();
  });

  it('closes a report that is dismissed, for good', () => {
    const review = saved();
    review.report('Je ne suis pas d’accord', hoursLater(1));
    review.dismiss();
    expect(standingOf(review.state)).toBe('shown');
    expect(thrown(() => review.report('Encore', hoursLater(2)))).toEqual(coded('already-reported'));
    expect(thrown(() => review.dismiss())).toEqual(coded('not-reported'));
  });

  it('lets another text be reported again', () => {
    const review = saved();
    review.report('Je ne suis pas d’accord', hoursLater(1));
    review.dismiss();
    review.edit({ stars: 3, comment: 'Très à l’écoute' }, hoursLater(2));
    expect(review.state.report).not.toBeNull();
    review.edit({ stars: 3, comment: 'Pire encore' }, hoursLater(3));
    review.report('Cette fois, oui', hoursLater(4));
    expect(standingOf(review.state)).toBe('reported');
  });

  it('keeps a report open, and a comment hidden, through an edit', () => {
    const review = saved();
    review.report('Insultes', hoursLater(1));
    review.edit({ stars: 4, comment: 'Autre chose' }, hoursLater(2));
    expect(standingOf(review.state)).toBe('reported');
    review.hide('Propos injurieux', hoursLater(3));
    review.edit({ stars: 4, comment: 'Encore autre chose' }, hoursLater(4));
    expect(standingOf(review.state)).toBe('hidden');
  });

  it('hides once, and can take it back', () => {
    const review = saved();
    review.hide('Propos injurieux', hoursLater(1));
    expect(thrown(() => review.hide('Encore', hoursLater(2)))).toEqual(coded('already-hidden'));
    expect(thrown(() => review.report('Insultes', hoursLater(2)))).toEqual(coded('already-hidden'));
    review.dismiss();
    expect(standingOf(review.state)).toBe('shown');
  });
});
