import { ApiProperty } from '@nestjs/swagger';
import { Choice, Instant, Money, Nested, Photo, NestedList, Text, TextList, Whole } from '@medflow/service-kit';
import { StatisticsView } from './statistics.dto.js';

/** What a service answers and describes itself: its schema is in the public document already. */
const schemaOf = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** A list that a service writes; null when it is down. */
const ListOf = (schema: string, max: number) =>
  ApiProperty({ type: 'array', items: schemaOf(schema), maxItems: max, nullable: true });

const UNAVAILABLE = 'Services that did not answer: their parts are null';

class DashboardPerson {
  @Text({ max: 64 }) id!: string;
  @Text({ min: 0, max: 100 }) firstName!: string;
  @Text({ min: 0, max: 100 }) lastName!: string;
  @Nested(() => Photo, { nullable: true }) photo!: Photo | null;
}

class OpenRequests {
  @Whole({ min: 0, max: 1_000_000_000, description: 'In all' }) count!: number;
  @ApiProperty({ type: 'array', items: schemaOf('AppointmentView'), maxItems: 5, description: 'The next ones' })
  items!: object[];
}

class DoctorStanding {
  @TextList({ max: 20, length: 40, description: 'Required fields that lack' }) missing!: string[];
  @Text({ max: 40 }) verification!: string;
}

export class DoctorDashboardView {
  @ListOf('AppointmentView', 100) today!: object[] | null;
  @Nested(() => OpenRequests, { nullable: true }) requests!: OpenRequests | null;
  @Nested(() => StatisticsView, { description: 'The last 30 days' }) statistics!: StatisticsView;
  @ListOf('DoctorFeedbackView', 5) latestFeedback!: object[] | null;
  @Nested(() => DoctorStanding, { nullable: true }) profile!: DoctorStanding | null;
  @TextList({ max: 10, length: 40, description: UNAVAILABLE }) unavailable!: string[];
}

const dueStatuses = ['due', 'requires-action', 'failed'] as const;

export class PaymentDueView {
  @Text({ max: 64 }) appointmentId!: string;
  @Nested(() => Money) amount!: Money;
  @Nested(() => DashboardPerson) doctor!: DashboardPerson;
  @Instant() startsAt!: string;
  @Choice(dueStatuses) status!: string;
  @Instant({ optional: true, description: 'Only while the slot is held: to be paid until then' }) holdUntil?: string;
}

export class VisitToRateView {
  @Text({ max: 64 }) appointmentId!: string;
  @Nested(() => DashboardPerson) doctor!: DashboardPerson;
  @Instant() startsAt!: string;
}

class PatientStanding {
  @TextList({ max: 20, length: 40, description: 'Required fields that lack' }) missing!: string[];
  @Whole({ min: 0, max: 100, description: 'Per cent of the profile that is filled in' }) completeness!: number;
}

export class PatientDashboardView {
  @ApiProperty({
    allOf: [schemaOf('AppointmentView')],
    nullable: true,
    description: 'Null as well where there is none',
  })
  next!: object | null;
  @NestedList(() => PaymentDueView, { max: 20, nullable: true }) paymentsDue!: PaymentDueView[] | null;
  @NestedList(() => VisitToRateView, { max: 5, nullable: true }) toRate!: VisitToRateView[] | null;
  @Nested(() => PatientStanding, { nullable: true }) profile!: PatientStanding | null;
  @Whole({ min: 0, max: 1_000_000_000, nullable: true, description: 'Notifications not read yet' })
  unread!: number | null;
  @TextList({ max: 10, length: 40, description: UNAVAILABLE }) unavailable!: string[];
}
