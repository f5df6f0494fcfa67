import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { AppointmentFact, AppointmentState, PaymentTiming, Side, Status } from '../../domain/appointment-state.js';
import type { AvailabilityPlan } from '../../domain/availability-plan.js';
import type { DayCounts } from '../../domain/doctor-days.js';
import type { Mode, Money, NamedPerson } from '../../domain/values.js';

@Schema({ _id: false })
class PersonRecord {
  @Prop({ required: true, type: String }) id!: string;
  @Prop({ required: true, type: String }) firstName!: string;
  @Prop({ required: true, type: String }) lastName!: string;
  @Prop({ type: String }) photo?: string;
  /** Of profiles' word; absent where the name is from elsewhere, and in appointments of earlier releases. */
  @Prop({ type: Number }) sequence?: number;
}

@Schema({ _id: false })
class MoneyRecord implements Money {
  @Prop({ required: true, type: Number }) amount!: number;
  @Prop({ required: true, type: String }) currency!: string;
}

/** What was told of an appointment last, to be told again. */
export interface LastFact extends Omit<AppointmentFact, 'appointment'> {
  /** Version that it was told with: payments change the appointment, and nobody is told. */
  readonly sequence: number;
}

@Schema({ collection: 'appointments', versionKey: false })
export class AppointmentRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: PersonRecord }) doctor!: PersonRecord;
  @Prop({ required: true, type: PersonRecord }) patient!: PersonRecord;
  @Prop({ required: true, type: Date }) startsAt!: Date;
  @Prop({ required: true, type: Date }) endsAt!: Date;
  @Prop({ required: true, type: String }) mode!: Mode;
  @Prop({ required: true, type: MoneyRecord }) price!: MoneyRecord;
  @Prop({ required: true, type: Number }) bufferMinutes!: number;
  @Prop({ type: String, default: null }) reason!: string | null;
  @Prop({ required: true, type: String }) status!: Status;
  @Prop({ type: String }) timing?: PaymentTiming;
  @Prop({ type: Object }) policy?: AppointmentState['policy'];
  @Prop({ type: Object }) payment?: AppointmentState['payment'];
  @Prop({ type: Object }) examination?: AppointmentState['examination'];
  @Prop({ type: Boolean }) autoAccept?: boolean;
  @Prop({ type: Date }) holdUntil?: Date;
  /** Absent in appointments of before holds: announced. */
  @Prop({ type: Boolean }) announced?: boolean;
  @Prop({ type: Boolean }) holdLost?: boolean;
  @Prop({ type: Object }) refund?: AppointmentState['refund'];
  @Prop({ type: Object }) proposal?: AppointmentState['proposal'];
  @Prop({ type: Boolean }) acceptedBefore?: true;
  @Prop({ type: Object }) rejection?: AppointmentState['rejection'];
  @Prop({ type: Object }) cancellation?: AppointmentState['cancellation'];
  @Prop({ type: Boolean }) doctorUnavailable?: true;
  @Prop({ type: Object }) searchFor?: AppointmentState['searchFor'];
  /** Local day of the doctor for which it counts in the figures; absent until it is settled. */
  @Prop({ type: String }) countedOn?: string;
  @Prop({ type: String }) requestDigest?: string;
  @Prop({ required: true, type: Date }) createdAt!: Date;
  @Prop({ type: Date }) acceptedAt?: Date;
  @Prop({ type: Date }) endedAt?: Date;
  @Prop({ required: true, type: Number }) version!: number;
  /** Absent in appointments of earlier releases. */
  @Prop({ type: Object }) lastFact?: LastFact;
  /** Which replica is about to expire it; nobody else is before that time. */
  @Prop({ type: Object }) expiry?: { claim: string; until: Date };
  /** Since when the sums of its patient lack its last change; absent: they have it. */
  @Prop({ type: Date }) unsummedSince?: Date;
}

export const appointmentSchema = SchemaFactory.createForClass(AppointmentRecord)
  .index({ 'doctor.id': 1, startsAt: 1, _id: 1 })
  .index({ 'patient.id': 1, startsAt: 1, _id: 1 })
  // Only requests wait for anything: the sweep of unanswered ones reads no others.
  .index({ startsAt: 1 }, { name: 'requested_by_start', partialFilterExpression: { status: 'requested' } })
  .index({ holdUntil: 1 }, { partialFilterExpression: { status: 'held' } })
  .index({ 'proposal.until': 1 }, { sparse: true })
  .index({ unsummedSince: 1 }, { sparse: true });

/** A patient of a doctor; the id is `<doctor>|<patient>`. */
@Schema({ collection: 'doctor_patients', versionKey: false })
export class DoctorPatientRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) doctorId!: string;
  @Prop({ required: true, type: PersonRecord }) patient!: PersonRecord;
  @Prop({ required: true, type: Number }) visits!: number;
  @Prop({ required: true, type: Number }) noShows!: number;
  @Prop({ type: Date }) lastVisitAt?: Date;
  @Prop({ required: true, type: [Object] }) coming!: { startsAt: Date; endsAt: Date }[];
  @Prop({ required: true, type: Date }) latestAt!: Date;
  @Prop({ required: true, type: [MoneyRecord] }) due!: Money[];
  /** Of the name, as one looks for it. */
  @Prop({ required: true, type: [String] }) words!: string[];
}

export const doctorPatientSchema = SchemaFactory.createForClass(DoctorPatientRecord)
  .index({ doctorId: 1, latestAt: 1, _id: 1 })
  .index({ doctorId: 1, words: 1 });

/** What became of the visits of one local day of a doctor; the id is `<doctor>|<YYYY-MM-DD>`. */
@Schema({ collection: 'doctor_days', versionKey: false })
export class DoctorDayRecord implements DayCounts {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) doctorId!: string;
  @Prop({ required: true, type: String }) day!: string;
  @Prop({ required: true, type: Number }) consultations!: number;
  @Prop({ required: true, type: Number }) noShows!: number;
  @Prop({ required: true, type: Number }) cancelled!: number;
  @Prop({ required: true, type: Number }) requested!: number;
}

export const doctorDaySchema = SchemaFactory.createForClass(DoctorDayRecord).index({ doctorId: 1, day: 1 });

export interface SummaryRecord {
  nextAvailableAt: Date | null;
  days: string[];
  modes: Mode[];
  at: Date;
  /** Counts the summaries told: the sequence of their events. */
  sequence: number;
}

/** When the summary is due to be made anew, and who is at it. */
export interface SummaryWorkRecord {
  /** Absent: nobody wants it. */
  dueAt?: Date;
  claim?: string;
  attempts?: number;
}

@Schema({ collection: 'doctors', versionKey: false })
export class DoctorRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ type: String, default: '' }) firstName!: string;
  @Prop({ type: String, default: '' }) lastName!: string;
  @Prop({ type: String }) photo?: string;
  @Prop({ type: Boolean, default: false }) published!: boolean;
  @Prop({ type: [String] }) specializations?: string[];
  @Prop({ type: String }) city?: string;
  /** May see nobody since then; absent while they may. */
  @Prop({ type: Date }) barredSince?: Date;
  /** Visits from then on may not fit what the doctor may do. */
  @Prop({ type: Date }) settleSince?: Date;
  /** When those are to be looked at; absent: not. */
  @Prop({ type: Date, index: true }) settleAt?: Date;
  /** Whose turn it is to look at them, until `settleAt`. */
  @Prop({ type: String }) settleClaim?: string;
  /** Sequence of the last word of profiles on this doctor. */
  @Prop({ type: Number, default: 0 }) profileSequence!: number;
  @Prop({ type: Object }) plan?: AvailabilityPlan;
  /** Absent in plans of earlier releases. */
  @Prop({ type: Date }) plannedAt?: Date;
  /** Of the plan. */
  @Prop({ type: Number, default: 0 }) version!: number;
  @Prop({ type: Object }) summary?: SummaryRecord;
  @Prop({ type: Object }) summaryWork?: SummaryWorkRecord;
}

export const doctorSchema = SchemaFactory.createForClass(DoctorRecord).index({ 'summaryWork.dueAt': 1 });

@Schema({ collection: 'patients', versionKey: false })
export class PatientRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) firstName!: string;
  @Prop({ required: true, type: String }) lastName!: string;
  @Prop({ type: String }) photo?: string;
  @Prop({ required: true, type: Number }) sequence!: number;
}

export const patientSchema = SchemaFactory.createForClass(PatientRecord);

/** A name that not all appointments of its bearer have yet; the id is `<side>|<account>`. */
@Schema({ collection: 'renames', versionKey: false })
export class RenameRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) side!: Side;
  @Prop({ required: true, type: Object }) person!: NamedPerson;
  @Prop({ required: true, type: Date }) since!: Date;
  /** Not before; while it is claimed, the end of that turn. */
  @Prop({ required: true, type: Date, index: true }) dueAt!: Date;
  @Prop({ type: String }) claim?: string;
  @Prop({ type: Number }) attempts?: number;
}

export const renameSchema = SchemaFactory.createForClass(RenameRecord);

/**
 * One claimed tick of one person. The id is `d:<doctor>|<tick>` or `p:<patient>|<tick>`: its uniqueness is what makes
 * double booking impossible; a stretch of somebody's time is read by owner and tick. A hold besides claims
 * `h:<patient>|<place>`, one of the few places that a patient has for holds; a request that waits for an answer claims
 * `r:<patient>|<place>` and `r:<patient>|<doctor>|<place>`.
 */
@Schema({ collection: 'claims', versionKey: false })
export class ClaimRecord {
  @Prop({ type: String }) _id!: string;
  /** `d:<doctor>` or `p:<patient>`; absent in a place. */
  @Prop({ type: String }) owner?: string;
  /** 5 minutes each, counted from the epoch. */
  @Prop({ type: Number }) tick?: number;
  /** Or `reservation:<secret>`, of a slot that is kept for a visitor. */
  @Prop({ required: true, type: String }) appointmentId!: string;
  /** Until then it waits to be paid, or for the patient's answer to a proposal; past it, whoever books takes it over. Absent: claimed for good. */
  @Prop({ type: Date }) holdUntil?: Date;
  /** Of a visitor’s reservation. */
  @Prop({ type: Boolean }) reserved?: true;
}

export const claimSchema = SchemaFactory.createForClass(ClaimRecord).index({ owner: 1, tick: 1 });
