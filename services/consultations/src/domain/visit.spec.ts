import { describe, expect, it } from '@jest/globals';
import { Visit, phaseOf, stateOf } from './visit.js';
import { Elsewhere, NobodyWaits, NoVisit, SeatTaken, TooEarly, VisitFinished } from './visit-errors.js';

const startsAt = new Date('2026-11-30T09:00:00Z');
const at = (minutes: number) => new Date(startsAt.getTime() + minutes * 60_000);
const planned = { appointmentId: 'a', doctorId: 'd', patientId: 'p', startsAt, endsAt: at(30) };
const visit = () => Visit.of(planned);
const seat = (id: string) => ({ id, name: 'Amel', role: 'interpreter' as const, secretHash: `hash of ${id}` });
const live = () => visit().join('p', 'phone', false, at(0)).join('d', 'desk', false, at(1)).admit('p', at(2));

describe('a visit', () => {
  it('goes from waiting to admitted to live to finished', () => {
    const waiting = visit().join('p', 'phone', false, at(0));
    expect(phaseOf(waiting.state, at(0))).toBe('waiting');
    const admitted = waiting.admit('p', at(1));
    expect(phaseOf(admitted.state, at(1))).toBe('admitted');
    const met = admitted.join('d', 'desk', false, at(2));
    expect(phaseOf(met.state, at(2))).toBe('live');
    expect(met.state.startedAt).toEqual(at(2));
    expect(phaseOf(met.finish(at(20)).state, at(20))).toBe('finished');
  });

  it('opens a quarter of an hour before its start, not a moment earlier', () => {
    expect(() => visit().join('p', 'phone', false, new Date(at(-15).getTime() - 1))).toThrow(TooEarly);
    expect(stateOf(visit().join('p', 'phone', false, at(-15)).participant('p'))).toBe('waiting');
  });

  it('does not end when both leave, and who was let in comes back without knocking', () => {
    const left = live().leave('p', at(5)).leave('d', at(5));
    expect(phaseOf(left.state, at(5))).toBe('live');
    expect(stateOf(left.participant('p'))).toBe('left');
    const back = left.join('p', 'phone', false, at(6));
    expect(stateOf(back.participant('p'))).toBe('admitted');
    expect(back.state.startedAt).toEqual(at(2));
  });

  it('is over four hours after its planned end, for whoever comes then', () => {
    const forgotten = live();
    expect(phaseOf(forgotten.state, new Date(at(270).getTime() - 1))).toBe('live');
    expect(phaseOf(forgotten.state, at(270))).toBe('finished');
    expect(() => forgotten.join('p', 'phone', false, at(270))).toThrow(VisitFinished);
  });

  it('is finished once: a second time changes and tells nothing', () => {
    const finished = Visit.restore(live().finish(at(20)).state);
    const again = finished.finish(at(25));
    expect(again.state.finishedAt).toEqual(at(20));
    expect(again.facts).toEqual([]);
  });

  it.each([
    ['waiting', () => visit()],
    ['admitted', () => visit().join('p', 'phone', false, at(0)).admit('p', at(1))],
    ['live', () => live()],
  ])('that is %s may be found unsuitable by its doctor, and keeps that', (_, judged) => {
    const ended = judged().finish(at(5), 'unsuitable');
    expect(phaseOf(ended.state, at(5))).toBe('finished');
    expect(ended.facts).toEqual([{ state: ended.state, at: at(5) }]);
    expect(ended.state).toMatchObject({ finishedAt: at(5), outcome: 'unsuitable' });
    const kept = Visit.restore(ended.state);
    for (const again of [kept.finish(at(6)), kept.finish(at(6), 'unsuitable')])
      expect([again.state.outcome, again.facts]).toEqual(['unsuitable', []]);
  });

  it('is not found unsuitable before its room opens, nor once it ended otherwise', () => {
    expect(() => visit().finish(at(-16), 'unsuitable')).toThrow(TooEarly);
    expect(() => Visit.restore(live().finish(at(20)).state).finish(at(21), 'unsuitable')).toThrow(VisitFinished);
    expect(() => live().finish(at(270), 'unsuitable')).toThrow(VisitFinished);
    expect(live().finish(at(20)).state).not.toHaveProperty('outcome');
  });

  it('admits nobody who is not at the door, and no stranger', () => {
    expect(() => visit().admit('p', at(0))).toThrow(NobodyWaits);
    expect(() => visit().join('stranger', 'phone', false, at(0))).toThrow(NoVisit);
  });

  it('moves to another device only where the first gives way, and stays let in', () => {
    expect(() => live().join('p', 'laptop', false, at(5))).toThrow(Elsewhere);
    const moved = live().join('p', 'laptop', true, at(5)).participant('p');
    expect(moved).toMatchObject({ device: 'laptop', admitted: true });
  });

  it('has one third seat, whose guest waits at the door and is not replaced while there', () => {
    const invited = live().invite(seat('first'), at(3)).invite(seat('second'), at(4));
    expect(() => invited.participant('first')).toThrow(NoVisit);
    const come = invited.join('second', 'tablet', false, at(5));
    expect(stateOf(come.participant('second'))).toBe('waiting');
    expect(() => come.invite(seat('third'), at(6))).toThrow(SeatTaken);
    expect(stateOf(come.admit('second', at(6)).participant('second'))).toBe('admitted');
  });
});
