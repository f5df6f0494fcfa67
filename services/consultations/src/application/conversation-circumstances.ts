import { CareVisits, isOpen, Practitioners } from '@medflow/care';
import { Injectable } from '@nestjs/common';
import type { Circumstances } from '../domain/conversation.js';
import { AnsweringSettings } from '../domain/conversations.js';

export interface Pair {
  readonly doctorId: string;
  readonly patientId: string;
}

/** Looks up what decides whether the two may write to each other. */
@Injectable()
export class ConversationCircumstances {
  constructor(
    private readonly visits: CareVisits,
    private readonly practitioners: Practitioners,
    private readonly settings: AnsweringSettings,
  ) {}

  async of({ doctorId, patientId }: Pair, now: Date): Promise<Circumstances> {
    const [relation, mayPractise, answering] = await Promise.all([
      this.visits.relation(doctorId, patientId),
      this.practitioners.mayPractise(doctorId),
      this.settings.of(doctorId),
    ]);
    return { isCareOpen: isOpen(relation, now), mayPractise, answering };
  }
}
