import { type DynamicModule, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { contracts, topology } from '@medflow/contracts';
import { type BusConfig, MessagingModule, ReplayController, replayOf } from '@medflow/messaging';
import { CountryRules } from '@medflow/rules';
import { countryRulesOf } from '@medflow/rules/settings';
import { MongoModule, type ServiceConfig, SettingError } from '@medflow/service-kit';
import { Publications } from './adapters/bus/publications.js';
import { ConsultationSubscriptions } from './adapters/bus/consultation-subscriptions.js';
import { Subscriptions } from './adapters/bus/subscriptions.js';
import { FactLog } from './adapters/fact-log.js';
import { HoldEnds } from './adapters/hold-ends.js';
import { PatientChanges } from './adapters/patient-changes.js';
import { RoomForHolds } from './adapters/room-for-holds.js';
import { PracticeChanges } from './adapters/practice-changes.js';
import { SchedulingHoldings } from './adapters/holdings.js';
import { AppointmentsController } from './adapters/http/appointments.controller.js';
import { AvailabilityController } from './adapters/http/availability.controller.js';
import { ReschedulingController } from './adapters/http/rescheduling.controller.js';
import { ReservationsController } from './adapters/http/reservations.controller.js';
import { InternalController } from './adapters/http/internal.controller.js';
import { PatientsController } from './adapters/http/patients.controller.js';
import { Jobs } from './adapters/jobs/jobs.js';
import { PatientsJob } from './adapters/jobs/patients-job.js';
import { RenamesJob } from './adapters/jobs/renames-job.js';
import { keptSequences } from './adapters/mongo/kept-sequences.js';
import { MongoAgendas } from './adapters/mongo/mongo-agendas.js';
import { MongoAppointmentLists } from './adapters/mongo/mongo-appointment-lists.js';
import { MongoAppointments } from './adapters/mongo/mongo-appointments.js';
import { MongoClaims } from './adapters/mongo/mongo-claims.js';
import { MongoDoctorDays } from './adapters/mongo/mongo-doctor-days.js';
import { MongoDoctorPatients } from './adapters/mongo/mongo-doctor-patients.js';
import { MongoDoctors } from './adapters/mongo/mongo-doctors.js';
import { MongoPatients } from './adapters/mongo/mongo-patients.js';
import { MongoPractices } from './adapters/mongo/mongo-practices.js';
import { MongoRenames } from './adapters/mongo/mongo-renames.js';
import { MongoRequestPlaces } from './adapters/mongo/mongo-request-places.js';
import { MongoReservations } from './adapters/mongo/mongo-reservations.js';
import { MongoSummaryWork } from './adapters/mongo/mongo-summary-work.js';
import {
  AppointmentRecord,
  appointmentSchema,
  ClaimRecord,
  claimSchema,
  DoctorDayRecord,
  doctorDaySchema,
  DoctorPatientRecord,
  doctorPatientSchema,
  DoctorRecord,
  doctorSchema,
  PatientRecord,
  patientSchema,
  RenameRecord,
  renameSchema,
} from './adapters/mongo/schemas.js';
import { PatientsIds, SystemClock } from './adapters/system/system.js';
import { CloseVisitHandler } from './application/close-visit.js';
import { AnswerAppointmentHandler } from './application/answer-appointment.js';
import { BookAppointmentHandler } from './application/book-appointment.js';
import { ChangeAppointment } from './application/change-appointment.js';
import { EndLapsedHolds } from './application/end-lapsed-holds.js';
import { Examinations } from './application/examinations.js';
import { ExpireRequestsHandler } from './application/expire-requests.js';
import { FindSlotsHandler } from './application/find-slots.js';
import { FollowPaymentHandler } from './application/follow-payment.js';
import { KnowPeopleHandler } from './application/know-people.js';
import { ListAppointmentsHandler } from './application/list-appointments.js';
import { AvailabilityHandler } from './application/publish-availability.js';
import { ReadAgendaHandler } from './application/read-agenda.js';
import { ReadFiguresHandler } from './application/read-figures.js';
import { ReadPatientsHandler } from './application/read-patients.js';
import { RenamePeopleHandler } from './application/rename-people.js';
import { ReserveSlotHandler } from './application/reserve-slot.js';
import { RescheduleAppointmentHandler } from './application/reschedule-appointment.js';
import { SettlePracticeHandler } from './application/settle-practice.js';
import { Summaries } from './application/summaries.js';
import { Agendas } from './domain/agendas.js';
import { AppointmentLists } from './domain/appointment-lists.js';
import { Appointments, Claims } from './domain/appointments.js';
import { DoctorDays } from './domain/doctor-days.js';
import { DoctorPatients } from './domain/doctor-patients.js';
import { Doctors, Patients } from './domain/doctors.js';
import { Clock, HoldLength, Ids } from './domain/ports.js';
import { Practices } from './domain/practice.js';
import { Renames } from './domain/renames.js';
import { Reservations } from './domain/reservation.js';
import { SummaryWork } from './domain/summary-work.js';

const HOLD_MINUTES = 10;

/** @throws SettingError when it is no number of minutes */
function holdMinutes(setting: string | undefined): number {
  const minutes = Number(setting || HOLD_MINUTES);
  if (!(minutes > 0 && minutes <= 60))
    throw new SettingError(`MEDFLOW_HOLD_MINUTES is no number of minutes from 0 to 60: ${setting}.`);
  return minutes;
}

/** All that scheduling can do, and what does it. */
@Module({})
export class SchedulingModule {
  static forService(config: ServiceConfig): DynamicModule {
    return {
      module: SchedulingModule,
      imports: [
        MongoModule.forService(config.mongoUri),
        MessagingModule.forService({
          service: 'scheduling',
          contracts,
          topology,
          bus: config.bus as BusConfig,
          kept: keptSequences,
        }),
        MongooseModule.forFeature([
          { name: AppointmentRecord.name, schema: appointmentSchema },
          { name: ClaimRecord.name, schema: claimSchema },
          { name: DoctorRecord.name, schema: doctorSchema },
          { name: DoctorDayRecord.name, schema: doctorDaySchema },
          { name: DoctorPatientRecord.name, schema: doctorPatientSchema },
          { name: PatientRecord.name, schema: patientSchema },
          { name: RenameRecord.name, schema: renameSchema },
        ]),
      ],
      controllers: [
        AvailabilityController,
        AppointmentsController,
        ReservationsController,
        PatientsController,
        ReschedulingController,
        InternalController,
        Subscriptions,
        ConsultationSubscriptions,
        ReplayController,
      ],
      providers: [
        ...replayOf(SchedulingHoldings),
        BookAppointmentHandler,
        ChangeAppointment,
        AnswerAppointmentHandler,
        CloseVisitHandler,
        RescheduleAppointmentHandler,
        ReserveSlotHandler,
        EndLapsedHolds,
        Examinations,
        ExpireRequestsHandler,
        FindSlotsHandler,
        FollowPaymentHandler,
        ListAppointmentsHandler,
        AvailabilityHandler,
        KnowPeopleHandler,
        RenamePeopleHandler,
        ReadAgendaHandler,
        ReadFiguresHandler,
        ReadPatientsHandler,
        SettlePracticeHandler,
        Summaries,
        HoldEnds,
        PatientChanges,
        RoomForHolds,
        PracticeChanges,
        Jobs,
        RenamesJob,
        PatientsJob,
        MongoClaims,
        MongoDoctorDays,
        MongoDoctors,
        MongoRequestPlaces,
        { provide: Agendas, useClass: MongoAgendas },
        { provide: DoctorDays, useExisting: MongoDoctorDays },
        { provide: DoctorPatients, useClass: MongoDoctorPatients },
        { provide: Appointments, useClass: MongoAppointments },
        { provide: AppointmentLists, useClass: MongoAppointmentLists },
        { provide: Claims, useExisting: MongoClaims },
        { provide: Doctors, useExisting: MongoDoctors },
        { provide: SummaryWork, useClass: MongoSummaryWork },
        { provide: Patients, useClass: MongoPatients },
        { provide: Practices, useClass: MongoPractices },
        { provide: Reservations, useClass: MongoReservations },
        { provide: Renames, useClass: MongoRenames },
        { provide: FactLog, useClass: Publications },
        {
          provide: HoldLength,
          useValue: { minutes: holdMinutes(config.env.MEDFLOW_HOLD_MINUTES) } satisfies HoldLength,
        },
        { provide: CountryRules, useValue: countryRulesOf(config.env) },
        { provide: Clock, useClass: SystemClock },
        { provide: Ids, useClass: PatientsIds },
      ],
    };
  }
}
