import { type DynamicModule, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { contracts, topology } from '@medflow/contracts';
import { type BusConfig, MessagingModule, ReplayController, replayOf } from '@medflow/messaging';
import { CountryRules } from '@medflow/rules';
import { countryRulesOf } from '@medflow/rules/settings';
import { MongoModule, type ServiceConfig } from '@medflow/service-kit';
import { Publications } from './adapters/bus/publications.js';
import { Subscriptions } from './adapters/bus/subscriptions.js';
import { ProfilesHoldings } from './adapters/holdings.js';
import { AdminController } from './adapters/http/admin.controller.js';
import { DirectoryController } from './adapters/http/directory.controller.js';
import { DoctorsController } from './adapters/http/doctors.controller.js';
import { DemographicsController } from './adapters/http/demographics.controller.js';
import { InternalController } from './adapters/http/internal.controller.js';
import { LicenceProofsController } from './adapters/http/licence-proofs.controller.js';
import { PatientsController } from './adapters/http/patients.controller.js';
import { PhotosController } from './adapters/http/photos.controller.js';
import { SharpStudio } from './adapters/images/sharp-studio.js';
import { MongoDirectory } from './adapters/mongo/mongo-directory.js';
import { MongoDoctors } from './adapters/mongo/mongo-doctors.js';
import { MongoLicenceProofs } from './adapters/mongo/mongo-licence-proofs.js';
import { MongoPatients } from './adapters/mongo/mongo-patients.js';
import { MongoPhotos } from './adapters/mongo/mongo-photos.js';
import {
  DirectoryRecord,
  directorySchema,
  DoctorRecord,
  doctorSchema,
  LicenceProofRecord,
  licenceProofSchema,
  PatientRecord,
  patientSchema,
  PhotoRecord,
  photoSchema,
} from './adapters/mongo/schemas.js';
import { SystemClock } from './adapters/system/system-clock.js';
import { BrowseDirectoryHandler } from './application/browse-directory.js';
import { FollowAccountHandler } from './application/follow-account.js';
import { FollowAvailabilityHandler } from './application/follow-availability.js';
import { FollowRatingsHandler } from './application/follow-ratings.js';
import { LicenceProofHandler } from './application/licence-proof.js';
import { OwnDoctorProfileHandler } from './application/own-doctor-profile.js';
import { OwnPatientProfileHandler } from './application/own-patient-profile.js';
import { OwnPhotoHandler } from './application/own-photo.js';
import { PatientDemographicsHandler } from './application/patient-demographics.js';
import { VerifyLicenceHandler } from './application/verify-licence.js';
import { Directory } from './domain/directory.js';
import { FactLog } from './domain/facts.js';
import { DocumentStudio, LicenceProofs } from './domain/licence-proof.js';
import { Photos, PortraitStudio } from './domain/photo.js';
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
          { name: PhotoRecord.name, schema: photoSchema },
          { name: LicenceProofRecord.name, schema: licenceProofSchema },
          { name: DirectoryRecord.name, schema: directorySchema },
        ]),
      ],
      // `doctors/me` before `doctors/:id`.
      controllers: [
        PhotosController,
        LicenceProofsController,
        PatientsController,
        DoctorsController,
        DirectoryController,
        AdminController,
        InternalController,
        DemographicsController,
        Subscriptions,
        ReplayController,
      ],
      providers: [
        ...replayOf(ProfilesHoldings),
        OwnPatientProfileHandler,
        OwnDoctorProfileHandler,
        OwnPhotoHandler,
        PatientDemographicsHandler,
        LicenceProofHandler,
        VerifyLicenceHandler,
        BrowseDirectoryHandler,
        FollowAccountHandler,
        FollowAvailabilityHandler,
        FollowRatingsHandler,
        { provide: CountryRules, useValue: countryRulesOf(config.env) },
        MongoDirectory,
        { provide: Directory, useExisting: MongoDirectory },
        MongoPhotos,
        { provide: Photos, useExisting: MongoPhotos },
        MongoLicenceProofs,
        { provide: LicenceProofs, useExisting: MongoLicenceProofs },
        SharpStudio,
        { provide: PortraitStudio, useExisting: SharpStudio },
        { provide: DocumentStudio, useExisting: SharpStudio },
        { provide: Patients, useClass: MongoPatients },
        { provide: Doctors, useClass: MongoDoctors },
        { provide: FactLog, useClass: Publications },
        { provide: Clock, useClass: SystemClock },
      ],
    };
  }
}
