import { Injectable } from '@nestjs/common';
import { People, type PersonNews } from '../domain/charges.js';
import { Practices } from '../domain/practices.js';

/** Names, languages, time zones and who may see patients, as identity and profiles tell them. */
@Injectable()
export class KnowPeopleHandler {
  constructor(
    private readonly people: People,
    private readonly practices: Practices,
  ) {}

  execute(news: PersonNews): Promise<void> {
    return this.people.keep(news);
  }

  practice(doctorId: string, isBarred: boolean, sequence: number): Promise<void> {
    return this.practices.keep(doctorId, isBarred, sequence);
  }
}
