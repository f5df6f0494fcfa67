import { type Connection, createConnection } from 'mongoose';
import { v7 as uuid } from 'uuid';
import { Appointment } from '../../domain/appointment.js';
import type { AppointmentState } from '../../domain/appointment-state.js';
import { type AvailabilityPlan, defaultPlan } from '../../domain/availability-plan.js';
import { defaultCancellation } from '../../domain/cancellation-policy.js';
import { dayOf, outcomeOf } from '../../domain/doctor-days.js';
import type { Slot } from '../../domain/slot.js';
import { DAY_MS, minutesAfter, type Person } from '../../domain/values.js';
import { byRow } from './mongo-doctor-days.js';

export interface DemoVisit {
  slot: Slot;
  doctor: Person;
  patient: Person;
  outcome: 'completed' | 'missed' | 'cancelled' | 'rejected';
}

/** How long before the visit it was booked. */
const BOOKED_AHEAD_MS = 3 * DAY_MS;

/** The appointment as its own rules would have left it, had it been lived through. */
function appointmentOf({ slot, doctor, patient, outcome }: DemoVisit): AppointmentState {
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
  // Paid at the desk, as it were: billing knows nothing of it, and nothing is left to pay.
  if (outcome === 'completed' || outcome === 'missed')
    appointment.learnPayment({ status: 'none', sequence: 1 }, minutesAfter(answeredAt, 30));
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
export async function writeDemoHistory(mongoUri: string, visits: DemoVisit[]): Promise<string[]> {
  const connection = await createConnection(mongoUri).asPromise();
  try {
    const zoneOf = await zonesIn(connection, [...new Set(visits.map(({ doctor }) => doctor.id))]);
    const records = visits.map(appointmentOf).map(({ id, ...state }) => {
      const day = dayOf(state.startsAt, zoneOf(state.doctor.id));
      return { _id: id, ...state, countedOn: day, unsummedSince: state.createdAt };
    });
    await connection.collection<{ _id: string }>('appointments').insertMany(records);
    const counted = records.map(({ _id, doctor, status, announced, countedOn }) => ({
      appointmentId: _id,
      doctorId: doctor.id,
      day: countedOn,
      counts: outcomeOf({ status, announced })!,
    }));
    const rows = [...byRow(counted)].map(([row, { doctorId, day, counts }]) => ({
      updateOne: {
        filter: { _id: row },
        update: { $inc: { ...counts }, $setOnInsert: { doctorId, day } },
        upsert: true,
      },
    }));
    if (rows.length > 0) await connection.collection<{ _id: string }>('doctor_days').bulkWrite(rows);
    return records.map(({ _id }) => _id);
  } finally {
    await connection.close();
  }
}

async function zonesIn(connection: Connection, doctorIds: string[]): Promise<(doctorId: string) => string> {
  const doctors = await connection
    .collection<{ _id: string; plan?: AvailabilityPlan }>('doctors')
    .find({ _id: { $in: doctorIds } }, { projection: { 'plan.timeZone': 1 } })
    .toArray();
  const zones = new Map(doctors.map(({ _id, plan }) => [_id, plan?.timeZone]));
  return (doctorId) => zones.get(doctorId) ?? defaultPlan.timeZone;
}
