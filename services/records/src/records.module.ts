import { type DynamicModule, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CareVisits, Practitioners } from '@medflow/care';
import { careModels, MongoCareVisits, MongoPractitioners } from '@medflow/care/mongo';
import { contracts, topology } from '@medflow/contracts';
import { type BusConfig, MessagingModule, ReplayController, replayOf } from '@medflow/messaging';
import { People } from '@medflow/people';
import { MongoPeople, personModel } from '@medflow/people/mongo';
import { dataKeyModel, MasterKeys, Seals } from '@medflow/sealing';
import { CountryRules } from '@medflow/rules';
import { countryRulesOf } from '@medflow/rules/settings';
import { MongoModule, type ServiceConfig } from '@medflow/service-kit';
import { CareSubscriptions, PeopleSubscriptions } from './adapters/bus/subscriptions.js';
import { Publications } from './adapters/bus/publications.js';
import { FactLog } from './adapters/fact-log.js';
import { ContentInspection } from './adapters/files/file-inspection.js';
import { GridFsFiles, uploadModel } from './adapters/files/gridfs-files.js';
import { RecordsHoldings } from './adapters/holdings.js';
import { DocumentsController } from './adapters/http/documents.controller.js';
import { JoseEnvelopes } from './adapters/fhir/jose-envelopes.js';
import { EmergenciesController } from './adapters/http/emergencies.controller.js';
import { ExchangeController } from './adapters/http/exchange.controller.js';
import { InternalController } from './adapters/http/internal.controller.js';
import { PapersController } from './adapters/http/papers.controller.js';
import { RecordController } from './adapters/http/record.controller.js';
import { SigningCertificateController } from './adapters/http/signing-certificate.controller.js';
import { VerificationController } from './adapters/http/verification.controller.js';
import { SharedLinksController } from './adapters/http/shared-links.controller.js';
import {
  ImportedKeyRecord,
  importedKeySchema,
  SharedFileRecord,
  sharedFileSchema,
  SharedLinkRecord,
  sharedLinkSchema,
} from './adapters/mongo/exchange-schemas.js';
import { keptSequences } from './adapters/mongo/kept-sequences.js';
import { MongoAccessLog } from './adapters/mongo/mongo-access-log.js';
import { MongoEmergencies } from './adapters/mongo/mongo-emergencies.js';
import { MongoEntries } from './adapters/mongo/mongo-entries.js';
import { MongoPapers, paperModel } from './adapters/mongo/mongo-papers.js';
import { MongoImportedKeys } from './adapters/mongo/mongo-imported-keys.js';
import { MongoSharedLinks } from './adapters/mongo/mongo-shared-links.js';
import { RecordHeads } from './adapters/mongo/record-heads.js';
import {
  AccessLineRecord,
  accessLineSchema,
  EmergencyRecord,
  emergencySchema,
  EntryRecord,
  entrySchema,
  EntryVersionRecord,
  entryVersionSchema,
  RecordHead,
  recordSchema,
} from './adapters/mongo/schemas.js';
import { MongoUnitOfWork } from './adapters/mongo/unit-of-work.js';
import { SignedPress } from './adapters/pdf/signed-press.js';
import { HttpProfiles } from './adapters/profiles/http-profiles.js';
import { SealedKeys } from './adapters/sealed-keys.js';
import { signingKeyModel, SigningKeys } from './adapters/signing/signing-keys.js';
import { PdfSummaryPrinter } from './adapters/pdf/pdf-summary-printer.js';
import { HttpDemographics } from './adapters/profiles/http-demographics.js';
import { OwnInstallation } from './adapters/system/own-installation.js';
import { SystemClock, UuidIds } from './adapters/system/system.js';
import { AddDocumentHandler } from './application/add-document.js';
import { EmergencyAccessHandler } from './application/emergency-access.js';
import { IssuePaperHandler, VerificationPages } from './application/issue-paper.js';
import { ExportRecordHandler } from './application/export-record.js';
import { ImportBundleHandler } from './application/import-bundle.js';
import { KeepKeysHandler } from './application/keep-keys.js';
import { OpenLinkHandler } from './application/open-link.js';
import { OpenRecords } from './application/open-records.js';
import { ReadDocumentHandler } from './application/read-document.js';
import { ReadRecordHandler } from './application/read-record.js';
import { VerifyPaperHandler } from './application/verify-paper.js';
import { WriteEntryHandler } from './application/write-entry.js';
import { AccessLog } from './domain/access-log.js';
import { EmergencyAccesses } from './domain/emergency.js';
import { FileInspection, Files } from './domain/files.js';
import { ShareRecordHandler } from './application/share-record.js';
import { ImportedKeys, Installation, PatientDemographics, SummaryPrinter } from './domain/exchange.js';
import { Keys } from './domain/keys.js';
import { PaperPress, Papers, Profiles, SigningCertificates } from './domain/papers.js';
import { Clock, Ids } from './domain/ports.js';
import { Entries } from './domain/record.js';
import { Envelopes, SharedLinks } from './domain/share.js';
import { UnitOfWork } from './domain/unit-of-work.js';

/** All that records can do, and what does it. */
@Module({})
export class RecordsModule {
  static forService(config: ServiceConfig): DynamicModule {
    return {
      module: RecordsModule,
      imports: [
        MongoModule.forService(config.mongoUri),
        MessagingModule.forService({
          service: 'records',
          contracts,
          topology,
          bus: config.bus as BusConfig,
          kept: keptSequences,
        }),
        MongooseModule.forFeature([
          { name: RecordHead.name, schema: recordSchema },
          { name: EntryRecord.name, schema: entrySchema },
          { name: EntryVersionRecord.name, schema: entryVersionSchema },
          { name: AccessLineRecord.name, schema: accessLineSchema },
          { name: EmergencyRecord.name, schema: emergencySchema },
          { name: ImportedKeyRecord.name, schema: importedKeySchema },
          { name: SharedLinkRecord.name, schema: sharedLinkSchema },
          { name: SharedFileRecord.name, schema: sharedFileSchema },
          personModel,
          uploadModel,
          paperModel,
          signingKeyModel,
          dataKeyModel,
          ...careModels,
        ]),
      ],
      controllers: [
        // `patients/me/record` before `patients/:patientId/record`.
        ExchangeController,
        SharedLinksController,
        RecordController,
        DocumentsController,
        PapersController,
        SigningCertificateController,
        VerificationController,
        EmergenciesController,
        InternalController,
        PeopleSubscriptions,
        CareSubscriptions,
        ReplayController,
      ],
      providers: [
        ...replayOf(RecordsHoldings),
        OpenRecords,
        ReadRecordHandler,
        WriteEntryHandler,
        EmergencyAccessHandler,
        ExportRecordHandler,
        ImportBundleHandler,
        ShareRecordHandler,
        OpenLinkHandler,
        KeepKeysHandler,
        AddDocumentHandler,
        ReadDocumentHandler,
        IssuePaperHandler,
        VerifyPaperHandler,
        SigningKeys,
        { provide: SigningCertificates, useExisting: SigningKeys },
        { provide: FileInspection, useClass: ContentInspection },
        { provide: Files, useClass: GridFsFiles },
        { provide: Papers, useClass: MongoPapers },
        { provide: PaperPress, useClass: SignedPress },
        { provide: Profiles, useClass: HttpProfiles },
        {
          provide: VerificationPages,
          useValue: { of: (code: string) => `${config.env.PUBLIC_URL ?? 'http://localhost:3000'}/verify/${code}` },
        },
        RecordHeads,
        MasterKeys,
        Seals,
        { provide: Entries, useClass: MongoEntries },
        { provide: AccessLog, useClass: MongoAccessLog },
        { provide: EmergencyAccesses, useClass: MongoEmergencies },
        { provide: UnitOfWork, useClass: MongoUnitOfWork },
        { provide: ImportedKeys, useClass: MongoImportedKeys },
        { provide: SharedLinks, useClass: MongoSharedLinks },
        { provide: Envelopes, useClass: JoseEnvelopes },
        { provide: PatientDemographics, useClass: HttpDemographics },
        { provide: SummaryPrinter, useClass: PdfSummaryPrinter },
        { provide: Installation, useClass: OwnInstallation },
        { provide: Keys, useClass: SealedKeys },
        { provide: FactLog, useClass: Publications },
        { provide: People, useClass: MongoPeople },
        { provide: CareVisits, useClass: MongoCareVisits },
        { provide: Practitioners, useClass: MongoPractitioners },
        { provide: CountryRules, useValue: countryRulesOf(config.env) },
        { provide: Clock, useClass: SystemClock },
        { provide: Ids, useClass: UuidIds },
      ],
    };
  }
}
