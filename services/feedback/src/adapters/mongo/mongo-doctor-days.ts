import { People } from '@medflow/people';
import { MongoTransactions } from '@medflow/service-kit';
import { Injectable } from '@nestjs/common';
import { dayOf } from '../../domain/days.js';
import { DoctorDays } from '../../domain/ports.js';

@Injectable()
export class MongoDoctorDays extends DoctorDays {
  constructor(
    private readonly people: People,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  /** Outside the transaction, which has to begin after the row of that day is made. */
  async at(doctorId: string, instant: Date): Promise<string> {
    const people = await this.transactions.outside(() => this.people.find([doctorId]));
    return dayOf(instant, people.get(doctorId)!.figuresTimeZone);
  }
}
