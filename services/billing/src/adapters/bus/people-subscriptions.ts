import { Controller } from '@nestjs/common';
import {
  type DoctorPublishedV1,
  doctorPublishedV1,
  type DoctorSuspendedV1,
  doctorSuspendedV1,
} from '@medflow/contracts';
import { type EventEnvelope, Subscribe } from '@medflow/messaging';
import { People } from '@medflow/people';
import { newsOfDoctor, peopleAndPlansSubscriptions, peopleQueue } from '@medflow/people/bus';
import { Practices } from '../../domain/practices.js';

const queue = peopleQueue('billing');

/** Who people are, by whose days doctors' figures count, and which doctors may see patients. */
@Controller()
export class PeopleSubscriptions extends peopleAndPlansSubscriptions('billing') {
  constructor(
    people: People,
    private readonly practices: Practices,
  ) {
    super(people);
  }

  @Subscribe(doctorPublishedV1, queue)
  override async doctorPublished(data: DoctorPublishedV1, event: EventEnvelope<DoctorPublishedV1>) {
    await this.people.keep(newsOfDoctor(data, event));
    await this.practices.keep(data.doctorId, false, event.sequence);
  }

  /** Who is merely not shown sees patients. */
  @Subscribe(doctorSuspendedV1, queue)
  async doctorSuspended({ doctorId, reason }: DoctorSuspendedV1, { sequence }: EventEnvelope<DoctorSuspendedV1>) {
    await this.practices.keep(doctorId, reason !== 'incomplete', sequence);
  }
}
