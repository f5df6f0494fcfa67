import { Injectable } from '@nestjs/common';
import { People, type PersonNews } from '../domain/charges.js';

/** Names, languages and time zones, as identity and profiles tell them. */
@Injectable()
export class KnowPeopleHandler {
  constructor(private readonly people: People) {}

  execute(news: PersonNews): Promise<void> {
    return this.people.keep(news);
  }
}
