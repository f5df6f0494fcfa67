import { createConnection } from 'mongoose';
import { v7 as uuid } from 'uuid';
import { Appointment } from '../../domain/appointment.js';
import type { AppointmentState } from '../../domain/appointment-state.js';
import { defaultCancellation } from '../../domain/cancellation-policy.js';
import type { Slot } from '../../domain/slot.js';
import { DAY_MS, minutesAfter, type Person } from '../../domain/values.js';

export interface PastVisit {
  slot: Slot;
  doctor: Person;
  patient: Person;
  outcome: 'completed' | 'missed' | 'cancelled' | 'rejected';
}

/** How long before the visit it was booked. */
const BOOKED_AHEAD_MS = 3 * DAY_MS;

/** The appointment as its own rules would have left it, had it been lived through. */
function lived({ slot, doctor, patient, outcome }: PastVisit): AppointmentState {
  const bookedAt = new Date(slot.startsAt.getTime() - BOOKED_AHEAD_MS);
  const id = uuid({ msecs: bookedAt.getTime() });
  const terms = {
    payment: 'after-acceptance',
    autoAccept: false,
    cancellation: defaultCancellation,
    holdMinutes: 10,
  } as const;
  const appointment = Appointment.book({ id, slot, doctor, patient, reason: null, terms }, bookedAt);
  const answeredAt = minutesAfter(bookedAt, 45);
  if (outcome === 'rejected') appointment.reject('Absent ce jour-là', answeredAt);
  else appointment.accept(answeredAt);
  if (outcome === 'cancelled') appointment.cancel('patient', null, minutesAfter(answeredAt, 60));
  if (outcome === 'completed') appointment.complete(slot.endsAt);
  if (outcome === 'missed') appointment.miss(minutesAfter(slot.startsAt, 15));
  return appointment.state;
}

/**
 * Writes visits of the past into a scheduling database, for demonstrations: nobody is told, and no time is claimed,
 * since it is over. Answers the ids of the appointments, in the order of the visits.
 * @throws when a visit breaks the rules of an appointment
 */
export async function writePast(mongoUri: string, visits: PastVisit[]): Promise<string[]> {
  const connection = await createConnection(mongoUri).asPromise();
  try {
    const records = visits.map(lived).map(({ id, ...state }) => ({ _id: id, ...state }));
    await connection.collection<{ _id: string }>('appointments').insertMany(records);
    return records.map(({ _id }) => _id);
  } finally {
    await connection.close();
  }
}
