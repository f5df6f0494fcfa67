import {
  Choice,
  Day,
  Decimal,
  Flag,
  Instant,
  InstantOrDay,
  Nested,
  NestedList,
  PageQuery,
  PartialDay,
  Photo,
  Text,
  Whole,
} from '@medflow/service-kit';
import { accessActions } from '../../domain/access-log.js';
import { verdicts } from '../../domain/emergency.js';
import { entryKinds, severities } from '../../domain/entry.js';
import { measures } from '../../domain/vitals.js';

export const LABEL_MAX = 300;
const NOTE_MAX = 20_000;
const SHORT_MAX = 200;
const REASON_MAX = 1_000;
const ITEMS_MAX = 30;
/** Of a treatment: ten years. */
const DAYS_MAX = 3_650;

export class CodingBody {
  @Text({ max: 200, description: 'URI of the code system, as FHIR names it' }) system!: string;
  @Text({ max: 50 }) code!: string;
}

export class PrescribedItemBody {
  @Text({ max: LABEL_MAX }) label!: string;
  @Nested(() => CodingBody, { optional: true }) code?: CodingBody;
  @Text({ max: SHORT_MAX }) dose!: string;
  @Text({ max: SHORT_MAX }) frequency!: string;
  @Whole({ min: 1, max: DAYS_MAX }) days!: number;
}

/** Kinds that somebody writes; documents are uploaded. */
export const writtenKinds = entryKinds.filter((kind) => kind !== 'document');

/** What each kind asks for is told field by field where it is missing. */
export class EntryBody {
  @Choice(writtenKinds) kind!: (typeof writtenKinds)[number];
  @Text({ max: LABEL_MAX }) label!: string;
  @Nested(() => CodingBody, { optional: true }) code?: CodingBody;
  @Text({ max: NOTE_MAX, multiline: true, min: 0, optional: true }) note?: string;
  @Choice(severities, { optional: true, description: 'Of an allergy' }) severity?: (typeof severities)[number];
  @PartialDay({ optional: true, description: 'Of a condition or an antecedent: a year, a month or a day' })
  onset?: string;
  @Text({ max: SHORT_MAX, optional: true, description: 'Of a medication' }) dose?: string;
  @Text({ max: SHORT_MAX, optional: true, description: 'Of a medication' }) frequency?: string;
  @Day({ optional: true, description: 'Of a medication: the first day' }) from?: string;
  @Day({ optional: true, description: 'Of a medication: the last day; absent, it goes on' }) to?: string;
  @InstantOrDay({ optional: true, description: 'Of an immunization the day, of a vital the moment' }) at?: string;
  @Choice(measures, { optional: true, description: 'Of a vital' }) measure?: (typeof measures)[number];
  @Decimal({ optional: true, description: 'Of a vital but blood pressure' }) value?: number;
  @Decimal({ optional: true, description: 'Of blood pressure' }) systolic?: number;
  @Decimal({ optional: true, description: 'Of blood pressure' }) diastolic?: number;
  @Text({ max: 20, optional: true, description: 'Of a vital: UCUM' }) unit?: string;
  @NestedList(() => PrescribedItemBody, { optional: true, max: ITEMS_MAX }) items?: PrescribedItemBody[];
  @Text({ max: NOTE_MAX, multiline: true, optional: true, description: 'Of a certificate' }) text?: string;
}

export class CorrectionBody extends EntryBody {
  @Text({ max: REASON_MAX, multiline: true, description: 'Why it is corrected' }) reason!: string;
}

export class RecordReasonBody {
  @Text({ max: REASON_MAX, multiline: true }) reason!: string;
}

export class EmergencyBody {
  @Text({ min: 10, max: REASON_MAX, multiline: true, description: 'Read by the patient and by an administrator' })
  reason!: string;
}

export class EmergencyReviewBody {
  @Choice(verdicts) verdict!: (typeof verdicts)[number];
  @Text({ max: REASON_MAX, multiline: true, min: 0, optional: true }) comment?: string;
}

export class RecordQuery extends PageQuery {
  @Choice(entryKinds, { optional: true }) kind?: (typeof entryKinds)[number];
  @Text({ max: 100, optional: true, description: 'Beginnings of words, whatever their accents and case' }) q?: string;
}

export class VitalsQuery {
  @Choice(measures) measure!: (typeof measures)[number];
}

export const emergencyStates = ['pending', 'reviewed'] as const;

export class EmergenciesQuery extends PageQuery {
  @Choice(emergencyStates, { optional: true, description: 'Default pending' })
  state?: (typeof emergencyStates)[number];
}

export class VerifyBody {
  @Text({ max: 64, optional: true, description: 'Of one patient; otherwise of all' }) patientId?: string;
}

export class RecordPersonView {
  @Text({ max: 64 }) id!: string;
  @Text({ max: 100, min: 0 }) firstName!: string;
  @Text({ max: 100, min: 0 }) lastName!: string;
  @Nested(() => Photo, { nullable: true }) photo!: Photo | null;
}

export class AuthorView extends RecordPersonView {
  @Choice(['doctor', 'patient']) role!: 'doctor' | 'patient';
}

class ProvenanceView {
  @Text({ max: 20_000, min: 0, multiline: true, description: 'As the imported document names where it comes from' })
  source!: string;
  @Instant() importedAt!: string;
}

class FileView {
  @Text({ max: 20_000, min: 0, multiline: true }) mediaType!: string;
  @Whole({ min: 0, max: 1_000_000_000 }) bytes!: number;
}

export class EntryView {
  @Text({ max: 64 }) id!: string;
  @Choice(entryKinds) kind!: (typeof entryKinds)[number];
  @Text({ max: 20_000, min: 0, multiline: true }) label!: string;
  @Nested(() => CodingBody, { optional: true }) code?: CodingBody;
  @Text({ max: 20_000, min: 0, multiline: true, optional: true }) note?: string;
  @Choice(severities, { optional: true }) severity?: (typeof severities)[number];
  @Text({ max: 20_000, min: 0, multiline: true, optional: true }) onset?: string;
  @Text({ max: 20_000, min: 0, multiline: true, optional: true }) dose?: string;
  @Text({ max: 20_000, min: 0, multiline: true, optional: true }) frequency?: string;
  @Text({ max: 20_000, min: 0, multiline: true, optional: true }) from?: string;
  @Text({ max: 20_000, min: 0, multiline: true, optional: true }) to?: string;
  @Text({ max: 20_000, min: 0, multiline: true, optional: true }) at?: string;
  @Choice(measures, { optional: true }) measure?: (typeof measures)[number];
  @Decimal({ optional: true }) value?: number;
  @Decimal({ optional: true }) systolic?: number;
  @Decimal({ optional: true }) diastolic?: number;
  @Text({ max: 20_000, min: 0, multiline: true, optional: true }) unit?: string;
  @NestedList(() => PrescribedItemBody, { optional: true, max: ITEMS_MAX }) items?: PrescribedItemBody[];
  @Text({ max: 20_000, min: 0, multiline: true, optional: true }) text?: string;
  @Nested(() => FileView, { optional: true }) file?: FileView;
  @Nested(() => AuthorView) author!: AuthorView;
  @Instant({ description: 'When this version was written' }) recordedAt!: string;
  @Instant({ description: 'When the first was' }) createdAt!: string;
  @Whole({ min: 1, max: 1_000_000_000 }) version!: number;
  @Text({
    max: 20_000,
    min: 0,
    multiline: true,
    optional: true,
    description: 'Why this version replaces the one before',
  })
  reason?: string;
  @Flag({ optional: true, description: 'Not to be used any more' }) withdrawn?: boolean;
  @Nested(() => ProvenanceView, { optional: true }) provenance?: ProvenanceView;
}

class RecordVisitView {
  @Text({ max: 64 }) appointmentId!: string;
  @Nested(() => RecordPersonView) doctor!: RecordPersonView;
  @Instant() startsAt!: string;
  @Choice(['video', 'in-person']) mode!: 'video' | 'in-person';
}

class RecordSummaryView {
  @NestedList(() => EntryView) allergies!: EntryView[];
  @NestedList(() => EntryView, { description: 'That are taken today' }) medications!: EntryView[];
  @NestedList(() => EntryView) conditions!: EntryView[];
  @NestedList(() => RecordVisitView) lastVisits!: RecordVisitView[];
}

class OpenedView {
  @Choice(['own', 'care', 'emergency'], { description: 'An emergency opens a record to be read only' })
  purpose!: string;
  @Instant({ optional: true, description: 'Of an emergency' }) until?: string;
}

export class RecordView {
  @Nested(() => RecordPersonView) patient!: RecordPersonView;
  @Nested(() => OpenedView) opened!: OpenedView;
  @Nested(() => RecordSummaryView) summary!: RecordSummaryView;
  @NestedList(() => EntryView) items!: EntryView[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}

export class EntryVersionsView {
  @NestedList(() => EntryView) items!: EntryView[];
}

class VitalPointView {
  @Text({ max: 64 }) entryId!: string;
  @Text({ max: 20_000, min: 0, multiline: true }) at!: string;
  @Decimal({ optional: true }) value?: number;
  @Decimal({ optional: true }) systolic?: number;
  @Decimal({ optional: true }) diastolic?: number;
}

class ReferenceView {
  @Decimal() from!: number;
  @Decimal() to!: number;
}

class ReferencesView {
  @Nested(() => ReferenceView, { optional: true }) value?: ReferenceView;
  @Nested(() => ReferenceView, { optional: true }) systolic?: ReferenceView;
  @Nested(() => ReferenceView, { optional: true }) diastolic?: ReferenceView;
}

export class VitalsView {
  @Choice(measures) measure!: (typeof measures)[number];
  @Text({ max: 20_000, min: 0, multiline: true, description: 'UCUM, of all values' }) unit!: string;
  @Nested(() => ReferencesView, { description: 'Of healthy adults at rest' }) reference!: ReferencesView;
  @NestedList(() => VitalPointView, { description: 'Oldest first' }) items!: VitalPointView[];
}

class AccessLineView {
  @Whole({ min: 1, max: 1_000_000_000 }) line!: number;
  @Instant() at!: string;
  @Nested(() => RecordPersonView, { nullable: true, description: 'null: whoever had a link, or an operator' })
  actor!: RecordPersonView | null;
  @Choice(['patient', 'doctor', 'link', 'operator']) role!: string;
  @Choice(accessActions) action!: string;
  @Choice(['own', 'care', 'emergency', 'link', 'operation']) purpose!: string;
  @Text({ max: 20_000, min: 0, multiline: true, optional: true }) subjectId?: string;
  @Text({ max: 20_000, min: 0, multiline: true, optional: true, description: 'Of an emergency' }) reason?: string;
}

export class AccessLogView {
  @NestedList(() => AccessLineView) items!: AccessLineView[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}

export class EmergencyAccessView {
  @Text({ max: 64 }) id!: string;
  @Nested(() => RecordPersonView) patient!: RecordPersonView;
  @Nested(() => RecordPersonView) doctor!: RecordPersonView;
  @Text({ max: 20_000, min: 0, multiline: true }) reason!: string;
  @Instant() openedAt!: string;
  @Instant() until!: string;
  @Choice(verdicts, { optional: true }) verdict?: (typeof verdicts)[number];
  @Text({ max: 20_000, min: 0, multiline: true, optional: true }) comment?: string;
  @Instant({ optional: true }) reviewedAt?: string;
}

export class EmergencyAccessesView {
  @NestedList(() => EmergencyAccessView) items!: EmergencyAccessView[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}
