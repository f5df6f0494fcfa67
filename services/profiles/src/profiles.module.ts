import { type DynamicModule, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { contracts, topology } from '@medflow/contracts';
import { type BusConfig, MessagingModule, ReplayController, replayOf } from '@medflow/messaging';
import { MongoModule, type ServiceConfig } from '@medflow/service-kit';
import { Publications } from './adapters/bus/publications.js';
import { Subscriptions } from './adapters/bus/subscriptions.js';
import { ProfilesHoldings } from './adapters/holdings.js';
import { AdminController } from './adapters/http/admin.controller.js';
import { DirectoryController } from './adapters/http/directory.controller.js';
import { DoctorsController } from './adapters/http/doctors.controller.js';
import { PatientsController } from './adapters/http/patients.controller.js';
import { MongoDirectory } from './adapters/mongo/mongo-directory.js';
import { MongoDoctors } from './adapters/mongo/mongo-doctors.js';
import { MongoPatients } from './adapters/mongo/mongo-patients.js';
import {
  DirectoryRecord,
  directorySchema,
  DoctorRecord,
  doctorSchema,
  PatientRecord,
  patientSchema,
} from './adapters/mongo/schemas.js';
import { SystemClock } from './adapters/system/system-clock.js';
import { BrowseDirectoryHandler } from './application/browse-directory.js';
import { FollowAccountHandler } from './application/follow-account.js';
import { FollowAvailabilityHandler } from './application/follow-availability.js';
import { FollowRatingsHandler } from './application/follow-ratings.js';
import { OwnDoctorProfileHandler } from './application/own-doctor-profile.js';
import { OwnPatientProfileHandler } from './application/own-patient-profile.js';
import { VerifyLicenceHandler } from './application/verify-licence.js';
import { Directory } from './domain/directory.js';
import { FactLog } from './domain/facts.js';
import { Clock } from './domain/ports.js';
import { Doctors, Patients } from './domain/profiles.js';

/** All that profiles can do, and what does it. */
@Module({})
export class ProfilesModule {
  static forService(config: ServiceConfig): DynamicModule {
    return {
      module: ProfilesModule,
      imports: [
        MongoModule.forService(config.mongoUri),
        MessagingModule.forService({ service: 'profiles', contracts, topology, bus: config.bus as BusConfig }),
        MongooseModule.forFeature([
          { name: PatientRecord.name, schema: patientSchema },
          { name: DoctorRecord.name, schema: doctorSchema },
          { name: DirectoryRecord.name, schema: directorySchema },
        ]),
      ],
      // `doctors/me` before `doctors/:id`.
      controllers: [
        PatientsController,
        DoctorsController,
        DirectoryController,
        AdminController,
        Subscriptions,
        ReplayController,
      ],
      providers: [
        ...replayOf(ProfilesHoldings),
        OwnPatientProfileHandler,
        OwnDoctorProfileHandler,
        VerifyLicenceHandler,
        BrowseDirectoryHandler,
        FollowAccountHandler,
        FollowAvailabilityHandler,
        FollowRatingsHandler,
        MongoDirectory,
        { provide: Directory, useExisting: MongoDirectory },
        { provide: Patients, useClass: MongoPatients },
        { provide: Doctors, useClass: MongoDoctors },
        { provide: FactLog, useClass: Publications },
        { provide: Clock, useClass: SystemClock },
      ],
    };
  }
}
