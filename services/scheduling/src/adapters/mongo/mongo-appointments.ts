import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions, WorkList, type WorkListOptions } from '@medflow/service-kit';
import type { Model, QueryFilter } from 'mongoose';
import { Appointment } from '../../domain/appointment.js';
import type { AppointmentState, Status } from '../../domain/appointment-state.js';
import { Appointments, type ClaimedAppointments } from '../../domain/appointments.js';
import { defaultCancellation } from '../../domain/cancellation-policy.js';
import { ConcurrentChange, NotFound, PlaceTaken } from '../../domain/errors.js';
import { chargeable } from '../../domain/price.js';
import { changesTime, confirmsHold, endsRequest, isSettledNow, reclaimsTime } from '../../domain/saved-changes.js';
import { Reservations } from '../../domain/reservation.js';
import { SlotTaken } from '../../domain/slot.js';
import { FactLog } from '../fact-log.js';
import { HoldEnds } from '../hold-ends.js';
import { PatientChanges } from '../patient-changes.js';
import { RoomForHolds } from '../room-for-holds.js';
import { MongoClaims, placeKey } from './mongo-claims.js';
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

export function toState({
  _id,
  countedOn: _,
  lastFact: __,
  expiry: ___,
  unsummedSince: ____,
  ...record
}: AppointmentRecord): AppointmentState {
  const state = { id: _id, ...before(record.price), ...(record as Omit<AppointmentState, 'id'>) };
  // Of before prices were checked: what is shown is what is charged, and goes back.
  const price = chargeable(state.price);
  const isFree = price.amount === 0 && state.payment.status === 'due';
  return { ...state, price, ...(isFree && { payment: { ...state.payment, status: 'none' } }) };
}

/** What an appointment may have for a while only. */
const CLEARED = ['holdUntil', 'doctorUnavailable', 'searchFor', 'proposal', 'acceptedAt', 'endedAt'] as const;

/** What was merely held is none of the doctor's business. */
export const ANNOUNCED = { announced: { $ne: false } };

/** Summed up with the patient's others later on. */
const unsummed = ({ announced }: AppointmentState) => (announced ? { unsummedSince: new Date() } : {});

function lastFactOf({ facts }: Appointment): LastFact | undefined {
  const last = facts.at(-1);
  if (!last) return undefined;
  const { appointment, ...fact } = last;
  return { ...fact, sequence: appointment.version };
}

const withoutUndefined = (record: object): object =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

const expiryOf = (dueAt: 'holdUntil' | 'startsAt' | 'proposal.until', status?: Status): WorkListOptions => ({
  fields: { dueAt, lease: 'expiry.until', claim: 'expiry.claim' },
  ...(status && { where: { status } }),
});

async function claimed(
  list: WorkList<AppointmentRecord>,
  ...claim: Parameters<WorkList<AppointmentRecord>['claim']>
): Promise<ClaimedAppointments> {
  const { rows, next } = await list.claim(...claim);
  return { appointments: rows.map((record) => Appointment.restore(toState(record))), next };
}

@Injectable()
export class MongoAppointments extends Appointments {
  private readonly lapsing = this.listOf(expiryOf('holdUntil', 'held'));
  private readonly unanswered = this.listOf(expiryOf('startsAt', 'requested'));
  private readonly proposed = this.listOf(expiryOf('proposal.until'));

  constructor(
    @InjectModel(AppointmentRecord.name) private readonly appointments: Model<AppointmentRecord>,
    private readonly claims: MongoClaims,
    private readonly requests: MongoRequestPlaces,
    private readonly reservations: Reservations,
    private readonly days: MongoDoctorDays,
    private readonly facts: FactLog,
    private readonly holdEnds: HoldEnds,
    private readonly patientChanges: PatientChanges,
    private readonly roomForHolds: RoomForHolds,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async add(appointment: Appointment, holdPlace?: number, reservation?: string): Promise<void> {
    const { state } = appointment;
    if (!appointment.isOpenRequest)
      return this.insert(
        appointment,
        holdPlace === undefined ? [] : [placeKey(state.patient.id, holdPlace)],
        reservation,
      );
    for (;;) {
      try {
        return await this.insert(appointment, this.requests.toTry(state), reservation);
      } catch (error) {
        if (!(error instanceof PlaceTaken)) throw error;
        await this.requests.look(state);
      }
    }
  }

  async save(appointment: Appointment): Promise<void> {
    const { _id, doctor: _, patient: __, ...state } = toRecord(appointment.state);
    const isPartOfMore = this.transactions.session !== undefined;
    const countedOn = isSettledNow(appointment) ? await this.days.prepare(appointment.state) : undefined;
    await this.transactions.run(async () => {
      const change = {
        $set: withoutUndefined({
          ...state,
          countedOn,
          lastFact: lastFactOf(appointment),
          ...unsummed(appointment.state),
        }),
        $unset: Object.fromEntries(
          ['expiry', ...CLEARED.filter((name) => state[name] === undefined)].map((name) => [name, '']),
        ),
      };
      await this.change(_id, appointment.savedVersion, change, isPartOfMore && confirmsHold(appointment));
      if (reclaimsTime(appointment)) await this.reclaim(appointment.state, isPartOfMore);
      else if (appointment.releasesTime) await this.claims.release(appointment.saved!);
      else if (changesTime(appointment)) await this.claims.change(appointment.saved!, appointment.state);
      else if (confirmsHold(appointment)) this.claims.confirm(appointment.state);
      if (endsRequest(appointment) && !appointment.releasesTime) await this.claims.releaseRequest(appointment.state);
      if (countedOn !== undefined) await this.days.count(appointment.state, countedOn);
      await this.facts.append(appointment.facts);
      this.announceChange(appointment.state);
    });
  }

  one(id: string): Promise<Appointment> {
    return this.only({ _id: id });
  }

  claimLapsedHolds(now: Date, until: Date, limit: number): Promise<ClaimedAppointments> {
    return claimed(this.lapsing, now, until, limit);
  }

  claimUnanswered(now: Date, until: Date, limit: number): Promise<ClaimedAppointments> {
    return claimed(this.unanswered, now, until, limit);
  }

  claimLapsedProposals(now: Date, until: Date, limit: number): Promise<ClaimedAppointments> {
    return claimed(this.proposed, now, until, limit);
  }

  ofDoctor(doctorId: string, id: string): Promise<Appointment> {
    return this.only({ _id: id, 'doctor.id': doctorId, ...ANNOUNCED });
  }

  ofPatient(patientId: string, id: string): Promise<Appointment> {
    return this.only({ _id: id, 'patient.id': patientId });
  }

  private listOf(options: WorkListOptions): WorkList<AppointmentRecord> {
    return new WorkList<AppointmentRecord>(() => this.appointments.collection as never, options);
  }

  private async only(filter: QueryFilter<AppointmentRecord>): Promise<Appointment> {
    const record = await this.appointments
      .findOne(filter)
      .session(this.transactions.session ?? null)
      .lean<AppointmentRecord>();
    if (!record) throw new NotFound('appointment');
    return Appointment.restore(toState(record));
  }

  /** @param isLast with the ambient transaction's last writes @throws ConcurrentChange, then or now */
  private async change(id: string, version: number, change: object, isLast: boolean): Promise<void> {
    const orElse = () => new ConcurrentChange(`appointment ${id} is not at version ${version}`);
    const filter = { _id: id, version };
    if (isLast)
      return this.transactions.writeLast([
        { collection: this.appointments.collection.name, filter, update: change, orElse },
      ]);
    const { session } = this.transactions;
    const { matchedCount } = await this.appointments.collection.updateOne(filter as never, change, { session });
    if (matchedCount === 0) throw orElse();
  }

  private async insert(appointment: Appointment, places: readonly string[], reservation?: string): Promise<void> {
    const { state } = appointment;
    const document = { ...toRecord(state), lastFact: lastFactOf(appointment), ...unsummed(state) };
    const insert = { collection: this.appointments.collection.name, document };
    await this.transactions.run(
      async () => {
        if (reservation !== undefined) await this.reservations.release(reservation);
        await this.claims.claim(state, places, insert);
        await this.facts.append(appointment.facts);
        this.announceChange(state);
      },
      { reads: false },
    );
    const { holdUntil } = state;
    if (holdUntil) this.transactions.afterCommit(() => this.holdEnds.expect(holdUntil));
  }

  /** Within the transaction that saves it. */
  private announceChange({ announced, doctor, patient }: AppointmentState): void {
    const pair = { doctorId: doctor.id, patientId: patient.id };
    this.transactions.afterCommit(() => {
      this.roomForHolds.announce(patient.id);
      if (announced) this.patientChanges.announce(pair);
    });
  }

  /** Somebody may be faster between the look and the claim. @throws ConcurrentChange, or to have the unit of work begin again */
  private async reclaim(state: AppointmentState, isPartOfMore: boolean): Promise<void> {
    try {
      await this.claims.claim(state);
    } catch (error) {
      if (!(error instanceof SlotTaken)) throw error;
      if (isPartOfMore) this.transactions.beginAgain();
      throw new ConcurrentChange(`somebody has the time of ${state.id}`);
    }
  }
}
