import { Injectable } from '@nestjs/common';
import { letterWantedV1 } from '@medflow/contracts';
import { Outbox, type OutgoingEvent } from '@medflow/messaging';
import { LetterFacts, type LetterWanted } from '../../domain/mailed-link.js';

export const letterEventOf = ({ letterId, accountId, purpose }: LetterWanted, time: Date): OutgoingEvent => ({
  contract: letterWantedV1,
  subject: letterId,
  sequence: 1,
  time,
  data: { letterId, accountId, purpose },
});

@Injectable()
export class LetterPublications extends LetterFacts {
  constructor(private readonly outbox: Outbox) {
    super();
  }

  wanted(letter: LetterWanted, time: Date): Promise<void> {
    return this.outbox.append([letterEventOf(letter, time)]);
  }
}
