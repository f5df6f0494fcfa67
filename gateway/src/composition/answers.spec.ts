import { describe, expect, it } from '@jest/globals';
import { billingFigures, doctorAgenda, endedSessions, patientAgenda, schedulingFigures } from './answers.js';

const appointment = { id: 'a1', status: 'accepted', startsAt: '2026-11-30T09:00:00.000Z' };
const day = { day: '2026-11-30', income: 1, refunds: 0, fees: 0 };

describe('what services answer', () => {
  it('is handed on with members that nobody looks at where it is shown as it is', () => {
    const next = { ...appointment, doctor: { lastName: 'Trabelsi' } };
    expect(patientAgenda.parse({ next, paymentsDue: [] }).next).toEqual(next);
  });

  it.each([
    ['a day that does not exist', billingFigures, { currency: 'TND', days: [{ ...day, day: '2026-02-30' }] }],
    ['half a millime', billingFigures, { currency: 'TND', days: [{ ...day, income: 0.5 }] }],
    ['a number beyond exactness', billingFigures, { currency: 'TND', days: [{ ...day, income: 2 ** 53 }] }],
    ['no currency', billingFigures, { days: [] }],
    ['a zone that does not exist', schedulingFigures, { timeZone: 'Mars/Olympus', days: [] }],
    ['an appointment without a time', doctorAgenda, { today: [{ id: 'a1' }], requests: { count: 0, items: [] } }],
    ['nothing where null is meant', patientAgenda, { paymentsDue: [] }],
    ['an end that is no instant', endedSessions, { asOf: appointment.startsAt, items: [{ id: 's1', until: 'soon' }] }],
    ['a list', doctorAgenda, []],
    ['null', doctorAgenda, null],
  ])('is refused where it holds %s', (_, schema, answer) => {
    expect(schema.safeParse(answer).success).toBe(false);
  });
});
