import { Injectable } from '@nestjs/common';
import { People, type PersonNews } from '../domain/people.js';

/** Keeps up with what identity and profiles tell of people. */
@Injectable()
export class KnowPeopleHandler {
  constructor(private readonly people: People) {}

  execute(news: PersonNews): Promise<void> {
    return this.people.keep(news);
  }
}
