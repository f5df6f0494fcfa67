import { Injectable } from '@nestjs/common';
import { consultationChangedV1, consultationFinishedV1, presenceChangedV1, signalSentV1 } from '@medflow/contracts';
import { LivePublisher, Outbox, type OutgoingEvent } from '@medflow/messaging';
import { MongoTransactions } from '@medflow/service-kit';
import { isSeatOf, phaseOf, type VisitFact, type VisitState } from '../../domain/visit.js';
import { LiveVisits, type PresenceChanged, type SignalSent } from '../../domain/visits.js';
import { Clock } from '../../domain/ports.js';
import { VisitFacts } from '../visit-facts.js';

type FinishedVisit = Pick<VisitState, 'appointmentId' | 'doctorId' | 'patientId' | 'startedAt' | 'outcome' | 'version'>;

export function finishedEventOf(visit: FinishedVisit, at: Date): OutgoingEvent {
  const { appointmentId, doctorId, patientId, startedAt, outcome, version } = visit;
  return {
    contract: consultationFinishedV1,
    subject: appointmentId,
    sequence: version,
    data: {
      appointmentId,
      doctorId,
      patientId,
      ...(startedAt && { startedAt: startedAt.toISOString() }),
      finishedAt: at.toISOString(),
      ...(outcome === 'unsuitable' && { unsuitable: true }),
    },
    time: at,
  };
}

@Injectable()
export class VisitPublications extends VisitFacts {
  constructor(private readonly outbox: Outbox) {
    super();
  }

  append(facts: readonly VisitFact[]): Promise<void> {
    return this.outbox.append(facts.map(({ state, at }) => finishedEventOf(state, at)));
  }
}

/** After the commit; whoever misses it asks for the visit. */
@Injectable()
export class PublishedVisits extends LiveVisits {
  constructor(
    private readonly live: LivePublisher,
    private readonly transactions: MongoTransactions,
    private readonly clock: Clock,
  ) {
    super();
  }

  changed(state: VisitState, moved?: { participantId: string; device: string }): void {
    const { appointmentId, doctorId, patientId, participants, version } = state;
    const data = {
      appointmentId,
      state: phaseOf(state, this.clock.now()),
      accounts: [doctorId, patientId],
      seats: participants.filter(({ role }) => isSeatOf(role)).map(({ id }) => id),
    };
    const own = moved && {
      ...data,
      accounts: data.accounts.filter((id) => id === moved.participantId),
      seats: data.seats.filter((id) => id === moved.participantId),
      movedTo: moved.device,
    };
    const events = [data, ...(own ? [own] : [])].map((word) => ({
      contract: consultationChangedV1,
      subject: appointmentId,
      sequence: version,
      data: word,
    }));
    this.transactions.afterCommit(() => this.live.publish(events));
  }

  signal({ appointmentId, from, to, data }: SignalSent, isGuest: boolean): void {
    const said = { appointmentId, from, to, isGuest, data };
    this.live.publish([{ contract: signalSentV1, subject: appointmentId, sequence: 1, data: said }]);
  }

  presence(presence: PresenceChanged, others: readonly { id: string; isGuest: boolean }[]): void {
    const idsOf = (guests: boolean) => others.filter(({ isGuest }) => isGuest === guests).map(({ id }) => id);
    const data = { ...presence, accounts: idsOf(false), seats: idsOf(true) };
    this.live.publish([{ contract: presenceChangedV1, subject: presence.appointmentId, sequence: 1, data }]);
  }
}
