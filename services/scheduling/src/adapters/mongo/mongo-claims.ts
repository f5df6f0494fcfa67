import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { DuplicateInsert, type Insert, insertAll, MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import type { AppointmentState } from '../../domain/appointment-state.js';
import { Claims } from '../../domain/appointments.js';
import { BookedBefore, PlaceTaken } from '../../domain/errors.js';
import { type Claim, MAX_HOLDS } from '../../domain/hold-policy.js';
import { SlotTaken } from '../../domain/slot.js';
import { ticksBetween } from '../../domain/ticks.js';
import { minutesAfter } from '../../domain/values.js';
import { requestPlaceKeysOf } from './mongo-request-places.js';
import { ClaimRecord } from './schemas.js';

type Owner = `d:${string}` | `p:${string}`;

const key = (owner: Owner, tick: number) => `${owner}|${tick}`;

export const placeKey = (patientId: string, place: number) => `h:${patientId}|${place}`;

const placeKeysOf = (patientId: string): string[] =>
  Array.from({ length: MAX_HOLDS }, (_, place) => placeKey(patientId, place));

const claimsOf = (owner: Owner, from: Date, to: Date) =>
  ticksBetween(from, to).map((tick) => ({ _id: key(owner, tick), owner, tick }));

/** The doctor's time goes on after the end, the patient's does not. */
const ticksOf = ({ doctor, patient, startsAt, endsAt, bufferMinutes }: AppointmentState) => ({
  doctor: claimsOf(`d:${doctor.id}`, startsAt, minutesAfter(endsAt, bufferMinutes)),
  patient: claimsOf(`p:${patient.id}`, startsAt, endsAt),
});

const allKeysOf = (appointment: AppointmentState): string[] => {
  const ticks = ticksOf(appointment);
  return [...ticks.doctor, ...ticks.patient].map(({ _id }) => _id);
};

@Injectable()
export class MongoClaims extends Claims {
  constructor(
    @InjectModel(ClaimRecord.name) private readonly claims: Model<ClaimRecord>,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  ofDoctor(doctorId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>> {
    return this.between(`d:${doctorId}`, from, to, now);
  }

  ofPatient(patientId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>> {
    return this.between(`p:${patientId}`, from, to, now);
  }

  /**
   * Within the ambient transaction, with one command where the server can.
   * @param places of a hold or a request, claimed with it
   * @param appointment where it is new, inserted with its claims
   * @throws SlotTaken, PlaceTaken, BookedBefore
   */
  async claim(state: AppointmentState, places: readonly string[] = [], appointment?: Insert): Promise<void> {
    const ticks = ticksOf(state);
    const { id: appointmentId, holdUntil } = state;
    const claim = { appointmentId, ...(holdUntil && { holdUntil }) };
    const wanted = [...ticks.doctor, ...ticks.patient, ...places.map((_id) => ({ _id }))];
    const claims = wanted.map((one) => ({ collection: this.claims.collection.name, document: { ...one, ...claim } }));
    const inserts = [...claims, ...(appointment ? [appointment] : [])];
    try {
      await insertAll(this.claims.db, this.transactions.session!, inserts);
    } catch (error) {
      if (!(error instanceof DuplicateInsert)) throw error;
      // In that order: the first duplicate tells what is taken.
      if (error.index < ticks.doctor.length) throw new SlotTaken('slot-taken');
      if (error.index < ticks.doctor.length + ticks.patient.length) throw new SlotTaken('patient-busy');
      throw error.index < claims.length ? new PlaceTaken(appointmentId) : new BookedBefore(appointmentId);
    }
  }

  /** Its time and its places. Within the ambient transaction. */
  async release(appointment: AppointmentState): Promise<void> {
    const places = [...placeKeysOf(appointment.patient.id), ...requestPlaceKeysOf(appointment)];
    await this.delete(appointment, [...allKeysOf(appointment), ...places]);
  }

  /** It waits for no answer any more, and keeps its time. Within the ambient transaction. */
  async releaseRequest(appointment: AppointmentState): Promise<void> {
    await this.delete(appointment, requestPlaceKeysOf(appointment));
  }

  /** A hold was paid: its time is claimed for good. Within the ambient transaction. */
  async confirm(appointment: AppointmentState): Promise<void> {
    await this.claims.collection.updateMany(
      { _id: { $in: allKeysOf(appointment) as never[] }, appointmentId: appointment.id },
      { $unset: { holdUntil: '' } },
      { session: this.transactions.session },
    );
    await this.delete(appointment, placeKeysOf(appointment.patient.id));
  }

  async inTheWayOf(wanted: AppointmentState): Promise<readonly Claim[]> {
    const found = await this.claims.collection
      .find({ _id: { $in: allKeysOf(wanted) as never[] } }, { session: this.transactions.session })
      .toArray();
    return found as unknown as ClaimRecord[];
  }

  async holdPlacesOf(patientId: string): Promise<readonly (Claim | undefined)[]> {
    const keys = placeKeysOf(patientId);
    const found = await this.claims.find({ _id: { $in: keys } }).lean<ClaimRecord[]>();
    return keys.map((key) => found.find(({ _id }) => _id === key));
  }

  private async delete({ id: appointmentId }: AppointmentState, keys: readonly string[]): Promise<void> {
    await this.claims.collection.deleteMany(
      { _id: { $in: keys as never[] }, appointmentId },
      { session: this.transactions.session },
    );
  }

  private async between(owner: Owner, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>> {
    const ticks = ticksBetween(from, to);
    const [first, last] = [ticks[0], ticks.at(-1)];
    if (first === undefined || last === undefined) return new Set();
    const found = await this.claims.collection
      .find({ owner, tick: { $gte: first, $lte: last } }, { projection: { _id: 0, tick: 1, holdUntil: 1 } })
      .toArray();
    const living = (found as unknown as ClaimRecord[]).filter(({ holdUntil }) => !holdUntil || holdUntil > now);
    return new Set(living.map(({ tick }) => tick!));
  }
}
