import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { DuplicateInsert, type Insert, insertAll, MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import type { AppointmentState } from '../../domain/appointment-state.js';
import { Claims } from '../../domain/appointments.js';
import { BookedBefore, PlaceTaken } from '../../domain/errors.js';
import { type Claim, MAX_HOLDS } from '../../domain/hold-policy.js';
import { claimedTimes } from '../../domain/rescheduling.js';
import { SlotTaken } from '../../domain/slot.js';
import { ticksBetween } from '../../domain/ticks.js';
import { minutesAfter } from '../../domain/values.js';
import { requestPlaceKeysOf } from './mongo-request-places.js';
import { ClaimRecord } from './schemas.js';

type Owner = `d:${string}` | `p:${string}`;

export const tickKey = (owner: Owner, tick: number) => `${owner}|${tick}`;

export const placeKey = (patientId: string, place: number) => `h:${patientId}|${place}`;

const placeKeysOf = (patientId: string): string[] =>
  Array.from({ length: MAX_HOLDS }, (_, place) => placeKey(patientId, place));

const ticksOf = (owner: Owner, from: Date, to: Date) =>
  ticksBetween(from, to).map((tick) => ({ _id: tickKey(owner, tick), owner, tick }));

/** The doctor's time before the patient's, the appointment's own before what is proposed. The doctor's goes on after the end. */
function claimsOf(state: AppointmentState): ClaimRecord[] {
  const { id: appointmentId, doctor, patient } = state;
  const claims = claimedTimes(state).flatMap(({ startsAt, endsAt, bufferMinutes, until }) =>
    [
      ...ticksOf(`d:${doctor.id}`, startsAt, minutesAfter(endsAt, bufferMinutes)),
      ...ticksOf(`p:${patient.id}`, startsAt, endsAt),
    ].map((one) => ({ ...one, appointmentId, ...(until && { holdUntil: until }) })),
  );
  const own = new Map(claims.toReversed().map((claim) => [claim._id, claim]));
  return claims.filter((claim) => own.get(claim._id) === claim);
}

const keysOf = (claims: readonly ClaimRecord[]): string[] => claims.map(({ _id }) => _id);

const ticksOfClaims = (claims: readonly ClaimRecord[]): ReadonlySet<number> => new Set(claims.map(({ tick }) => tick!));

const allKeysOf = (appointment: AppointmentState): string[] => keysOf(claimsOf(appointment));

@Injectable()
export class MongoClaims extends Claims {
  constructor(
    @InjectModel(ClaimRecord.name) private readonly claims: Model<ClaimRecord>,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async ofDoctor(doctorId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>> {
    return ticksOfClaims(await this.between(`d:${doctorId}`, from, to, now));
  }

  async bookedOf(doctorId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>> {
    const claims = await this.between(`d:${doctorId}`, from, to, now);
    return ticksOfClaims(claims.filter(({ reserved }) => !reserved));
  }

  async ofPatient(patientId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>> {
    return ticksOfClaims(await this.between(`p:${patientId}`, from, to, now));
  }

  /**
   * Within the ambient transaction, with one command where the server can.
   * @param places of a hold or a request, claimed with it
   * @param appointment where it is new, inserted with its claims
   * @throws SlotTaken, PlaceTaken, BookedBefore
   */
  async claim(state: AppointmentState, places: readonly string[] = [], appointment?: Insert): Promise<void> {
    const { id: appointmentId, holdUntil } = state;
    const claims = places.map((_id) => ({ _id, appointmentId, ...(holdUntil && { holdUntil }) }));
    await this.insert(appointmentId, [...claimsOf(state), ...claims], appointment);
  }

  /**
   * Claims the time that it did not have, then frees what it has no more; what it had until a time and has for good, or the
   * other way round, is noted. Within the ambient transaction. @throws SlotTaken
   */
  async change(before: AppointmentState, after: AppointmentState): Promise<void> {
    const had = new Map(claimsOf(before).map((claim) => [claim._id, claim]));
    const has = claimsOf(after);
    await this.insert(
      after.id,
      has.filter(({ _id }) => !had.has(_id)),
    );
    const changed = has.filter(
      ({ _id, holdUntil }) => had.has(_id) && had.get(_id)!.holdUntil?.getTime() !== holdUntil?.getTime(),
    );
    await this.keep(after.id, keysOf(changed.filter(({ holdUntil }) => !holdUntil)));
    await this.keep(after.id, keysOf(changed.filter(({ holdUntil }) => holdUntil)), after.proposal?.until);
    const kept = new Set(keysOf(has));
    await this.delete(
      before,
      [...had.keys()].filter((_id) => !kept.has(_id)),
    );
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

  /** A hold was paid: its time is claimed for good. With the ambient transaction's last writes. */
  confirm(appointment: AppointmentState): void {
    const { id: appointmentId, patient } = appointment;
    const collection = this.claims.collection.name;
    const ofKeys = (keys: readonly string[]) => ({ _id: { $in: keys }, appointmentId });
    this.transactions.writeLast([
      { collection, filter: ofKeys(allKeysOf(appointment)), updateEach: { $unset: { holdUntil: '' } } },
      { collection, filter: ofKeys(placeKeysOf(patient.id)), deleteEach: true },
    ]);
  }

  async inTheWayOf(wanted: AppointmentState): Promise<readonly Claim[]> {
    const found = await this.claims.collection
      .find({ _id: { $in: allKeysOf(wanted) as never[] } }, { session: this.transactions.session })
      .toArray();
    return found as unknown as ClaimRecord[];
  }

  async dropLapsedReservations(wanted: AppointmentState, now: Date): Promise<void> {
    const lapsed = { _id: { $in: allKeysOf(wanted) as never[] }, reserved: true, holdUntil: { $lte: now } };
    await this.transactions.run(() =>
      this.claims.collection.deleteMany(lapsed, { session: this.transactions.session }),
    );
  }

  async holdPlacesOf(patientId: string): Promise<readonly (Claim | undefined)[]> {
    const keys = placeKeysOf(patientId);
    const found = await this.claims.find({ _id: { $in: keys } }).lean<ClaimRecord[]>();
    return keys.map((key) => found.find(({ _id }) => _id === key));
  }

  /** @throws SlotTaken, PlaceTaken, BookedBefore */
  private async insert(id: string, claims: readonly ClaimRecord[], appointment?: Insert): Promise<void> {
    const inserts = claims.map((document) => ({ collection: this.claims.collection.name, document }));
    try {
      await insertAll(this.claims.db, this.transactions.session!, [...inserts, ...(appointment ? [appointment] : [])]);
    } catch (error) {
      if (!(error instanceof DuplicateInsert)) throw error;
      // In that order: the first duplicate tells what is taken.
      const taken = claims[error.index];
      if (taken?.owner) throw new SlotTaken(taken.owner.startsWith('d:') ? 'slot-taken' : 'patient-busy');
      throw taken ? new PlaceTaken(id) : new BookedBefore(id);
    }
  }

  /** For good, or until then. */
  private async keep(appointmentId: string, keys: readonly string[], until?: Date): Promise<void> {
    if (keys.length === 0) return;
    await this.claims.collection.updateMany(
      { _id: { $in: keys as never[] }, appointmentId },
      until ? { $set: { holdUntil: until } } : { $unset: { holdUntil: '' } },
      { session: this.transactions.session },
    );
  }

  private async delete({ id: appointmentId }: AppointmentState, keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.claims.collection.deleteMany(
      { _id: { $in: keys as never[] }, appointmentId },
      { session: this.transactions.session },
    );
  }

  /** Those that live. */
  private async between(owner: Owner, from: Date, to: Date, now: Date): Promise<readonly ClaimRecord[]> {
    const ticks = ticksBetween(from, to);
    const [first, last] = [ticks[0], ticks.at(-1)];
    if (first === undefined || last === undefined) return [];
    const found = await this.claims.collection
      .find(
        { owner, tick: { $gte: first, $lte: last } },
        { projection: { _id: 0, tick: 1, holdUntil: 1, reserved: 1 } },
      )
      .toArray();
    return (found as unknown as ClaimRecord[]).filter(({ holdUntil }) => !holdUntil || holdUntil > now);
  }
}
