import { Controller, type Type } from '@nestjs/common';
import {
  type AccountRegisteredV1,
  accountRegisteredV1,
  type AvailabilityPlannedV1,
  availabilityPlannedV1,
  type DoctorPublishedV1,
  doctorPublishedV1,
  type PatientProfileUpdatedV1,
  patientProfileUpdatedV1,
} from '@medflow/contracts';
import { type EventEnvelope, Subscribe } from '@medflow/messaging';
import { People, type PersonNews } from './people.js';

export interface PeopleSubscriptions {
  readonly people: People;
  registered(data: AccountRegisteredV1, event: EventEnvelope<AccountRegisteredV1>): Promise<void>;
  patientUpdated(data: PatientProfileUpdatedV1, event: EventEnvelope<PatientProfileUpdatedV1>): Promise<void>;
  doctorPublished(data: DoctorPublishedV1, event: EventEnvelope<DoctorPublishedV1>): Promise<void>;
}

/** What the queue `<service>.people` asks of the bus. */
export const peopleQueue = (service: string) => ({ queue: `${service}.people`, dedupe: 'sequence' }) as const;

export function newsOfDoctor(data: DoctorPublishedV1, { sequence }: EventEnvelope<DoctorPublishedV1>): PersonNews {
  const { doctorId: id, firstName, lastName, timeZone, photo } = data;
  return { id, source: 'profiles', sequence, firstName, lastName, timeZone, ...(photo !== undefined && { photo }) };
}

/** Keeps the service's {@link People} up with what identity and profiles tell. */
export function peopleSubscriptions(service: string): Type<PeopleSubscriptions> {
  const queue = peopleQueue(service);

  @Controller()
  class SubscriptionsToPeople implements PeopleSubscriptions {
    constructor(readonly people: People) {}

    @Subscribe(accountRegisteredV1, queue)
    async registered(data: AccountRegisteredV1, { sequence }: EventEnvelope<AccountRegisteredV1>) {
      const { accountId: id, firstName, lastName, locale: language } = data;
      await this.people.keep({ id, source: 'identity', sequence, firstName, lastName, language });
    }

    @Subscribe(patientProfileUpdatedV1, queue)
    async patientUpdated(data: PatientProfileUpdatedV1, { sequence }: EventEnvelope<PatientProfileUpdatedV1>) {
      const { patientId: id, preferredLanguage: language, firstName, lastName, timeZone, photo } = data;
      const word = { firstName, lastName, language, timeZone, ...(photo !== undefined && { photo }) };
      await this.people.keep({ id, source: 'profiles', sequence, ...word });
    }

    @Subscribe(doctorPublishedV1, queue)
    async doctorPublished(data: DoctorPublishedV1, event: EventEnvelope<DoctorPublishedV1>) {
      await this.people.keep(newsOfDoctor(data, event));
    }
  }

  return SubscriptionsToPeople;
}

/** As {@link peopleSubscriptions}, for services that count a doctor's figures by day. */
export function peopleAndPlansSubscriptions(service: string): Type<PeopleSubscriptions> {
  @Controller()
  class SubscriptionsToPeopleAndPlans extends peopleSubscriptions(service) {
    @Subscribe(availabilityPlannedV1, peopleQueue(service))
    async availabilityPlanned(data: AvailabilityPlannedV1, { sequence }: EventEnvelope<AvailabilityPlannedV1>) {
      const { doctorId: id, timeZone } = data;
      await this.people.keep({ id, source: 'scheduling', sequence, timeZone });
    }
  }

  return SubscriptionsToPeopleAndPlans;
}
