import { join } from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { contracts, topology } from '@medflow/contracts';
import { type BusConfig, MessagingModule } from '@medflow/messaging';
import { People } from '@medflow/people';
import { MongoPeople, personModel } from '@medflow/people/mongo';
import { MongoModule, requiresVerifiedEmail, type ServiceConfig } from '@medflow/service-kit';
import { AccountSubscriptions } from './adapters/bus/account-subscriptions.js';
import { PublishedLiveNews } from './adapters/bus/live-news.js';
import { PeopleSubscriptions, Subscriptions } from './adapters/bus/subscriptions.js';
import { ToldAgain } from './adapters/bus/told-again.js';
import { HttpReceipts } from './adapters/billing/http-receipts.js';
import { MessageSubscriptions } from './adapters/bus/message-subscriptions.js';
import { RecordSubscriptions } from './adapters/bus/record-subscriptions.js';
import { PaymentSubscriptions } from './adapters/bus/payment-subscriptions.js';
import { HttpContacts } from './adapters/identity/http-contacts.js';
import { MailboxController } from './adapters/mail/mailbox.controller.js';
import { Mailbox } from './adapters/mail/mailbox.js';
import { MailSender } from './adapters/mail/sender.js';
import { MailQueued } from './adapters/mail/mail-queued.js';
import { SmtpMailer } from './adapters/mail/smtp-mailer.js';
import { NotificationsController } from './adapters/http/notifications.controller.js';
import { keptSequences } from './adapters/mongo/kept-sequences.js';
import { MongoMailQueue } from './adapters/mongo/mongo-mail-queue.js';
import { MongoNotifications } from './adapters/mongo/mongo-notifications.js';
import { MongoWaitingMessages } from './adapters/mongo/mongo-waiting-messages.js';
import { MongoPaces } from './adapters/mongo/mongo-paces.js';
import {
  LetterRecord,
  letterSchema,
  NotificationRecord,
  notificationSchema,
  PaceRecord,
  paceSchema,
  WaitingMessageRecord,
  waitingMessageSchema,
} from './adapters/mongo/schemas.js';
import { AccountLettersHandler } from './application/account-letters.js';
import { LetterWriter, PublicUrl } from './application/letter-writer.js';
import { NotifyHandler } from './application/notify.js';
import { NotifyMessagesHandler } from './application/notify-messages.js';
import { NotifyRecordsHandler } from './application/notify-records.js';
import { Parcels } from './application/parcels.js';
import { ReadNotificationsHandler } from './application/read-notifications.js';
import { SendMailHandler } from './application/send-mail.js';
import {
  AddressRule,
  Clock,
  Contacts,
  LiveNews,
  Mailer,
  MailQueue,
  Notifications,
  Paces,
  Receipts,
  WaitingMessages,
} from './domain/ports.js';

class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** All that notifications can do, and what does it. */
@Module({})
export class NotificationsModule {
  static forService(config: ServiceConfig): DynamicModule {
    const {
      SMTP_URL,
      MEDFLOW_HOME = '.medflow',
      MAIL_FROM = 'MedFlow <no-reply@medflow.local>',
      PUBLIC_URL = 'http://localhost:3000',
    } = config.env;
    const mailbox = SMTP_URL ? undefined : new Mailbox(join(MEDFLOW_HOME, 'mail'), MAIL_FROM);
    return {
      module: NotificationsModule,
      imports: [
        MongoModule.forService(config.mongoUri),
        MessagingModule.forService({
          service: 'notifications',
          contracts,
          topology,
          bus: config.bus as BusConfig,
          kept: keptSequences,
        }),
        MongooseModule.forFeature([
          { name: NotificationRecord.name, schema: notificationSchema },
          personModel,
          { name: LetterRecord.name, schema: letterSchema },
          { name: PaceRecord.name, schema: paceSchema },
          { name: WaitingMessageRecord.name, schema: waitingMessageSchema },
        ]),
      ],
      controllers: [
        NotificationsController,
        PeopleSubscriptions,
        Subscriptions,
        PaymentSubscriptions,
        MessageSubscriptions,
        RecordSubscriptions,
        AccountSubscriptions,
        ...(mailbox ? [MailboxController] : []),
      ],
      providers: [
        ToldAgain,
        NotifyHandler,
        NotifyMessagesHandler,
        NotifyRecordsHandler,
        AccountLettersHandler,
        LetterWriter,
        Parcels,
        ReadNotificationsHandler,
        SendMailHandler,
        MailSender,
        MailQueued,
        { provide: Notifications, useClass: MongoNotifications },
        { provide: People, useClass: MongoPeople },
        { provide: MailQueue, useClass: MongoMailQueue },
        { provide: Paces, useClass: MongoPaces },
        { provide: WaitingMessages, useClass: MongoWaitingMessages },
        { provide: LiveNews, useClass: PublishedLiveNews },
        { provide: Contacts, useClass: HttpContacts },
        { provide: Receipts, useClass: HttpReceipts },
        { provide: Mailer, useFactory: () => mailbox ?? new SmtpMailer(SMTP_URL!, MAIL_FROM) },
        { provide: PublicUrl, useValue: { value: PUBLIC_URL.replace(/\/+$/, '') } },
        {
          provide: AddressRule,
          useValue: { provenOnly: requiresVerifiedEmail(config.env) } satisfies AddressRule,
        },
        { provide: Clock, useClass: SystemClock },
        ...(mailbox ? [{ provide: Mailbox, useValue: mailbox }] : []),
      ],
    };
  }
}
