import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey, MongoTransactions } from '@medflow/service-kit';
import type { Model, QueryFilter } from 'mongoose';
import { Appointment, MAX_HOLDS } from '../../domain/appointment.js';
import type { AppointmentFact, AppointmentState, Side } from '../../domain/appointment-state.js';
import { Appointments } from '../../domain/appointments.js';
import { defaultCancellation } from '../../domain/cancellation-policy.js';
import { BookedBefore, ConcurrentChange, NotFound, TooManyHolds } from '../../domain/errors.js';
import { chargeable } from '../../domain/price.js';
import { SlotTaken } from '../../domain/slot.js';
import { FactLog } from '../fact-log.js';
import { HoldEnds } from '../hold-ends.js';
import { MongoClaims, placeKey, PlaceTaken } from './mongo-claims.js';
import { MongoDoctorDays } from './mongo-doctor-days.js';
import { MongoRequestPlaces } from './mongo-request-places.js';
import { AppointmentRecord, type LastFact } from './schemas.js';

const toRecord = ({ id, ...state }: AppointmentState) => ({ _id: id, ...state });

/** What appointments of before payments lack was so with all of them. */
const before = (price: AppointmentState['price']) => ({
  timing: 'after-acceptance' as const,
  policy: defaultCancellation,
  payment: { status: price.amount === 0 ? ('none' as const) : ('due' as const), sequence: 0 },
  autoAccept: false,
  announced: true,
});

export function toState({ _id, countedOn: _, lastFact: __, ...record }: AppointmentRecord): AppointmentState {
  const state = { id: _id, ...before(record.price), ...(record as Omit<AppointmentState, 'id'>) };
  // Of before prices were checked: what is shown is what is charged, and goes back.
  const price = chargeable(state.price);
  const isFree = price.amount === 0 && state.payment.status === 'due';
  return { ...state, price, ...(isFree && { payment: { ...state.payment, status: 'none' } }) };
}

/** What an appointment may have for a while only. */
const CLEARED = ['holdUntil', 'doctorUnavailable', 'searchFor'] as const;

/** What was merely held is none of the doctor's business. */
export const ANNOUNCED = { announced: { $ne: false } };

function lastFactOf({ facts }: Appointment): LastFact | undefined {
  const last = facts.at(-1);
  if (!last) return undefined;
  const { appointment, ...fact } = last;
  return { ...fact, sequence: appointment.version };
}

const withoutUndefined = (record: object): object =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

@Injectable()
export class MongoAppointments extends Appointments {
  constructor(
    @InjectModel(AppointmentRecord.name) private readonly appointments: Model<AppointmentRecord>,
    private readonly claims: MongoClaims,
    private readonly requests: MongoRequestPlaces,
    private readonly days: MongoDoctorDays,
    private readonly facts: FactLog,
    private readonly holdEnds: HoldEnds,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async add(appointment: Appointment, now: Date): Promise<void> {
    for (;;) {
      const places = await this.placesFor(appointment, now);
      try {
        return await this.insert(appointment, places);
      } catch (error) {
        // The duplicate has ended the transaction, so what makes room happens outside of it.
        if (!(await this.transactions.outside(() => this.isRoomAfter(error, appointment, now)))) throw error;
        this.transactions.beginAgain();
      }
    }
  }

  async reclaim(appointment: Appointment, now: Date): Promise<boolean> {
    // Looked at first: a duplicate key would end the ambient transaction.
    if (!(await this.makeRoom(appointment.state, now))) return false;
    try {
      await this.claims.claim(appointment.state);
    } catch (error) {
      // Somebody was faster between the look and the claim.
      if (error instanceof SlotTaken) this.transactions.beginAgain();
      throw error;
    }
    await this.save(appointment);
    return true;
  }

  async save(appointment: Appointment): Promise<void> {
    const { _id, ...state } = toRecord(appointment.state);
    const countedOn = appointment.isSettledNow ? await this.days.prepare(appointment.state) : undefined;
    await this.transactions.run(async () => {
      const { matchedCount } = await this.appointments.collection.updateOne(
        { _id: _id as never, version: appointment.savedVersion },
        {
          $set: withoutUndefined({ ...state, countedOn, lastFact: lastFactOf(appointment) }),
          $unset: Object.fromEntries(CLEARED.filter((name) => state[name] === undefined).map((name) => [name, ''])),
        },
        { session: this.transactions.session },
      );
      if (matchedCount === 0)
        throw new ConcurrentChange(`appointment ${_id} is not at version ${appointment.savedVersion}`);
      if (appointment.releasesTime) await this.claims.release(appointment.state);
      else if (appointment.confirmsHold) await this.claims.confirm(appointment.state);
      else if (appointment.endsRequest) await this.claims.releaseRequest(appointment.state);
      if (countedOn !== undefined) await this.days.count(appointment.state, countedOn);
      await this.tell(appointment.facts);
    });
  }

  one(id: string): Promise<Appointment> {
    return this.only({ _id: id });
  }

  async lapsedHolds(now: Date, limit: number): Promise<Appointment[]> {
    const records = await this.appointments
      .find({ status: 'held', holdUntil: { $lte: now } })
      .sort({ holdUntil: 1 })
      .limit(limit)
      .lean<AppointmentRecord[]>();
    return records.map((record) => Appointment.restore(toState(record)));
  }

  async nextHoldEnd(): Promise<Date | undefined> {
    const [next] = await this.appointments
      .find({ status: 'held', holdUntil: { $gte: new Date(0) } }, { holdUntil: 1 })
      .sort({ holdUntil: 1 })
      .limit(1)
      .lean<Pick<AppointmentRecord, 'holdUntil'>[]>();
    return next?.holdUntil;
  }

  ofDoctor(doctorId: string, id: string): Promise<Appointment> {
    return this.only({ _id: id, 'doctor.id': doctorId, ...ANNOUNCED });
  }

  ofPatient(patientId: string, id: string): Promise<Appointment> {
    return this.only({ _id: id, 'patient.id': patientId });
  }

  async unanswered(now: Date, limit: number): Promise<Appointment[]> {
    const records = await this.appointments
      .find({ status: 'requested', startsAt: { $lte: now } })
      .sort({ startsAt: 1 })
      .limit(limit)
      .lean<AppointmentRecord[]>();
    return records.map((record) => Appointment.restore(toState(record)));
  }

  async rename(side: Side, accountId: string, name: { firstName: string; lastName: string }): Promise<void> {
    const { firstName, lastName } = name;
    // One after the other: SecantusDB uses an index for no filter with an `$or`.
    for (const stale of [{ [`${side}.firstName`]: { $ne: firstName } }, { [`${side}.lastName`]: { $ne: lastName } }])
      await this.appointments.collection.updateMany(
        { [`${side}.id`]: accountId, ...stale },
        { $set: { [`${side}.firstName`]: firstName, [`${side}.lastName`]: lastName } },
        { session: this.transactions.session },
      );
  }

  private async only(filter: QueryFilter<AppointmentRecord>): Promise<Appointment> {
    const record = await this.appointments
      .findOne(filter)
      .session(this.transactions.session ?? null)
      .lean<AppointmentRecord>();
    if (!record) throw new NotFound('appointment');
    return Appointment.restore(toState(record));
  }

  private async insert(appointment: Appointment, places: readonly string[]): Promise<void> {
    await this.transactions.run(async () => {
      await this.claims.claim(appointment.state, places);
      await this.insertRecord(appointment);
      await this.tell(appointment.facts);
    });
    const { holdUntil } = appointment.state;
    if (holdUntil) this.transactions.afterCommit(() => this.holdEnds.expect(holdUntil));
  }

  private async insertRecord(appointment: Appointment): Promise<void> {
    const record = { ...toRecord(appointment.state), lastFact: lastFactOf(appointment) };
    try {
      await this.appointments.collection.insertOne(record as never, { session: this.transactions.session });
    } catch (error) {
      throw isDuplicateKey(error) ? new BookedBefore(record._id) : error;
    }
  }

  /** Keys of the places that it needs beside its time. @throws TooManyHolds */
  private async placesFor(appointment: Appointment, now: Date): Promise<readonly string[]> {
    const { state } = appointment;
    if (state.status === 'held') return [placeKey(state.patient.id, await this.holdPlaceFor(state, now))];
    return appointment.isOpenRequest ? this.requests.toTry(state) : [];
  }

  /** Whether another try may succeed after that failure. @throws TooManyOpenRequests */
  private async isRoomAfter(failure: unknown, { state, isOpenRequest }: Appointment, now: Date): Promise<boolean> {
    if (failure instanceof SlotTaken) return this.makeRoom(state, now);
    if (!(failure instanceof PlaceTaken)) return false;
    if (isOpenRequest) await this.requests.look(state);
    return true;
  }

  /** A free place for one more hold of the patient, or that of a hold that has lapsed. @throws TooManyHolds */
  private async holdPlaceFor({ patient }: AppointmentState, now: Date): Promise<number> {
    return this.transactions.outside(async () => {
      let places = await this.claims.places(patient.id);
      const lapsed = places.filter((claim) => claim?.holdUntil && claim.holdUntil <= now);
      if (!places.includes(undefined) && lapsed.length > 0) {
        await this.end(
          lapsed.map((claim) => claim!.appointmentId),
          now,
        );
        places = await this.claims.places(patient.id);
      }
      const free = places.indexOf(undefined);
      if (free < 0) throw new TooManyHolds(MAX_HOLDS);
      return free;
    });
  }

  /** Ends the lapsed holds that are in the way, if nothing else is. @returns whether the time is worth another try */
  private async makeRoom(wanted: AppointmentState, now: Date): Promise<boolean> {
    const blockers = [...(await this.claims.blockers(wanted))];
    if (blockers.some(([, holdUntil]) => holdUntil === undefined || holdUntil > now)) return false;
    await this.end(
      blockers.map(([id]) => id),
      now,
    );
    return true;
  }

  private async end(lapsed: readonly string[], now: Date): Promise<void> {
    for (const id of lapsed) {
      const hold = await this.one(id);
      const { status, holdUntil } = hold.state;
      // Paid, or ended by the sweep or by somebody else who wants the time, at this very moment.
      if (status !== 'held' || !holdUntil || holdUntil > now) continue;
      hold.expire(now);
      await this.save(hold).catch((error: unknown) => {
        if (!(error instanceof ConcurrentChange)) throw error;
      });
    }
  }

  private tell(facts: readonly AppointmentFact[]): Promise<void> {
    return this.facts.append(facts);
  }
}
