import { Injectable } from '@nestjs/common';
import { letterWantedV1 } from '@medflow/contracts';
import { Outbox } from '@medflow/messaging';
import { LetterFacts, type LetterWanted } from '../../domain/mailed-link.js';

@Injectable()
export class LetterPublications extends LetterFacts {
  constructor(private readonly outbox: Outbox) {
    super();
  }

  wanted({ letterId, accountId, purpose }: LetterWanted, time: Date): Promise<void> {
    const data = { letterId, accountId, purpose };
    return this.outbox.append([{ contract: letterWantedV1, subject: letterId, sequence: 1, time, data }]);
  }
}
