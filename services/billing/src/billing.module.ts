import { type DynamicModule, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { contracts, topology } from '@medflow/contracts';
import { type BusConfig, MessagingModule, ReplayController, replayOf } from '@medflow/messaging';
import { People } from '@medflow/people';
import { MongoPeople, personModel } from '@medflow/people/mongo';
import { KeyedQueue, MongoModule, type ServiceConfig } from '@medflow/service-kit';
import { PeopleSubscriptions } from './adapters/bus/people-subscriptions.js';
import { Publications } from './adapters/bus/publications.js';
import { Subscriptions } from './adapters/bus/subscriptions.js';
import { FactLog, SettlementSchedule } from './adapters/fact-log.js';
import { BillingHoldings } from './adapters/holdings.js';
import { IncomeController } from './adapters/http/income.controller.js';
import { InternalController } from './adapters/http/internal.controller.js';
import { MethodsController } from './adapters/http/methods.controller.js';
import { PaymentsController } from './adapters/http/payments.controller.js';
import { WebhookController } from './adapters/http/webhook.controller.js';
import { Jobs } from './adapters/jobs/jobs.js';
import { ReconciliationJob } from './adapters/jobs/reconciliation.js';
import { keptSequences } from './adapters/mongo/kept-sequences.js';
import { MongoCharges } from './adapters/mongo/mongo-charges.js';
import { MongoLedger } from './adapters/mongo/mongo-ledger.js';
import { MongoPractices } from './adapters/mongo/mongo-practices.js';
import { MongoReceipts } from './adapters/mongo/mongo-receipts.js';
import { MongoCustomers, MongoOperations, MongoWebhookEvents } from './adapters/mongo/mongo-records.js';
import {
  ChargeRecord,
  chargeSchema,
  CustomerRecord,
  customerSchema,
  IncomeDayRecord,
  incomeDaySchema,
  LedgerRecord,
  ledgerSchema,
  OperationRecord,
  operationSchema,
  ReceiptRecord,
  receiptSchema,
  ReconciliationRecord,
  reconciliationSchema,
  WebhookEventRecord,
  webhookEventSchema,
} from './adapters/mongo/schemas.js';
import { PdfReceiptPrinter } from './adapters/pdf/pdf-receipt-printer.js';
import { stripeSettings } from './adapters/stripe/settings.js';
import { StripeProvider } from './adapters/stripe/stripe-provider.js';
import { StripeWebhooks } from './adapters/stripe/webhooks.js';
import { SystemClock, UuidIds } from './adapters/system/system.js';
import { WebhookReader } from './adapters/webhook-reader.js';
import { CustomersOfPatients } from './application/customers-of-patients.js';
import { FollowAppointmentHandler } from './application/follow-appointment.js';
import { ISSUER, IssueReceipt } from './application/issue-receipt.js';
import { LookAtProvider } from './application/look-at-provider.js';
import { Methods } from './application/methods.js';
import { PayHandler } from './application/pay.js';
import { PrintReceiptHandler } from './application/print-receipt.js';
import { ProviderOperations } from './application/provider-operations.js';
import { ReadIncomeHandler } from './application/read-income.js';
import { ReadPaymentsHandler } from './application/read-payments.js';
import { ReceiveWebhookHandler } from './application/receive-webhook.js';
import { ReconcileHandler } from './application/reconcile.js';
import { SettleHandler } from './application/settle.js';
import { Charges, Customers, Ledger, Operations, WebhookEvents } from './domain/charges.js';
import { Clock, Ids } from './domain/ports.js';
import { Practices } from './domain/practices.js';
import { PaymentProvider } from './domain/provider.js';
import { ReceiptPrinter } from './domain/receipt.js';
import { ReceiptIssuer, Receipts } from './domain/receipts.js';

/** All that billing can do, and what does it. */
@Module({})
export class BillingModule {
  /** Ties the two that need each other: settling saves charges, and saving a charge calls whoever settles. */
  constructor(jobs: Jobs, settle: SettleHandler, charges: Charges) {
    jobs.serve(settle, charges);
  }

  /** @throws SettingError when no payment provider is set */
  static forService(config: ServiceConfig): DynamicModule {
    const settings = stripeSettings(config.env);
    return {
      module: BillingModule,
      imports: [
        MongoModule.forService(config.mongoUri),
        MessagingModule.forService({
          service: 'billing',
          contracts,
          topology,
          bus: config.bus as BusConfig,
          kept: keptSequences,
        }),
        MongooseModule.forFeature([
          { name: ChargeRecord.name, schema: chargeSchema },
          { name: LedgerRecord.name, schema: ledgerSchema },
          { name: IncomeDayRecord.name, schema: incomeDaySchema },
          { name: ReceiptRecord.name, schema: receiptSchema },
          personModel,
          { name: CustomerRecord.name, schema: customerSchema },
          { name: OperationRecord.name, schema: operationSchema },
          { name: WebhookEventRecord.name, schema: webhookEventSchema },
          { name: ReconciliationRecord.name, schema: reconciliationSchema },
        ]),
      ],
      controllers: [
        WebhookController,
        PaymentsController,
        MethodsController,
        IncomeController,
        InternalController,
        Subscriptions,
        PeopleSubscriptions,
        ReplayController,
      ],
      providers: [
        ...replayOf(BillingHoldings),
        PayHandler,
        Methods,
        CustomersOfPatients,
        ProviderOperations,
        LookAtProvider,
        KeyedQueue,
        FollowAppointmentHandler,
        SettleHandler,
        ReceiveWebhookHandler,
        ReadPaymentsHandler,
        ReadIncomeHandler,
        PrintReceiptHandler,
        ReconcileHandler,
        ReconciliationJob,
        Jobs,
        MongoLedger,
        { provide: SettlementSchedule, useExisting: Jobs },
        { provide: Charges, useClass: MongoCharges },
        { provide: Ledger, useExisting: MongoLedger },
        { provide: People, useClass: MongoPeople },
        { provide: Practices, useClass: MongoPractices },
        { provide: Receipts, useClass: MongoReceipts },
        { provide: ReceiptIssuer, useClass: IssueReceipt },
        { provide: Customers, useClass: MongoCustomers },
        { provide: Operations, useClass: MongoOperations },
        { provide: WebhookEvents, useClass: MongoWebhookEvents },
        { provide: ReceiptPrinter, useFactory: () => new PdfReceiptPrinter() },
        { provide: PaymentProvider, useFactory: () => new StripeProvider(settings) },
        { provide: WebhookReader, useFactory: () => new StripeWebhooks(settings.webhookSecret) },
        { provide: ISSUER, useValue: config.env.MEDFLOW_RECEIPT_ISSUER ?? 'MedFlow' },
        { provide: FactLog, useClass: Publications },
        { provide: Clock, useClass: SystemClock },
        { provide: Ids, useClass: UuidIds },
      ],
    };
  }
}
