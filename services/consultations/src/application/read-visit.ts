import type { AccountSubject } from '@medflow/access';
import { People, type Person } from '@medflow/people';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import { Clock } from '../domain/ports.js';
import { CONSENT_VERSION, Consents } from '../domain/telehealth-consent.js';
import { phaseOf, type VisitPhase, type VisitState } from '../domain/visit.js';
import { type IceServer, Relays, Visits } from '../domain/visits.js';
import { expectedWait, type ExpectedWait, VISITS_SEEN } from '../domain/waiting.js';
import type { Attended } from './attend-visit.js';

export interface VisitSeen {
  readonly state: VisitState;
  readonly phase: VisitPhase;
  readonly selfId: string;
  readonly people: ReadonlyMap<string, Person>;
  readonly servers: readonly IceServer[];
  readonly relay: boolean;
  readonly consent: { readonly required: boolean; readonly version: string; readonly recorded: boolean };
  /** In the doctor's queue, from 1; while the patient waits. */
  readonly position?: number;
  readonly wait?: ExpectedWait;
}

/** A visit as one of its participants sees it. */
@Injectable()
export class ReadVisitHandler {
  constructor(
    private readonly visits: Visits,
    private readonly consents: Consents,
    private readonly relays: Relays,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  async seen({ visit, selfId }: Attended): Promise<VisitSeen> {
    const { state } = visit;
    const now = this.clock.now();
    const phase = phaseOf(state, now);
    const [people, recorded, queue] = await Promise.all([
      this.people.find([state.doctorId, state.patientId]),
      this.consents.isRecorded(state.patientId, CONSENT_VERSION),
      this.queueOf(state, phase, now),
    ]);
    const required = selfId === state.patientId;
    const isOver = phase === 'finished';
    const { servers, relay } = isOver ? { servers: [], relay: false } : this.relays.iceServers(selfId, now);
    const consent = { required, version: CONSENT_VERSION, recorded };
    return { state, phase, selfId, people, servers, relay, consent, ...queue };
  }

  /** Those in which somebody waits for the doctor, longest first. @throws NotTheirs */
  async waiting(by: AccountSubject): Promise<VisitSeen[]> {
    access.expect(by, 'list', 'visit', { doctorId: by.id, patientId: '' });
    const now = this.clock.now();
    const states = await this.visits.waiting(by.id, now);
    const people = await this.people.find(states.flatMap(({ doctorId, patientId }) => [doctorId, patientId]));
    return states.map((state, at) => ({
      state,
      phase: phaseOf(state, now),
      selfId: by.id,
      people,
      servers: [],
      relay: false,
      consent: { required: false, version: CONSENT_VERSION, recorded: true },
      position: at + 1,
    }));
  }

  private async queueOf(
    { appointmentId, doctorId, patientId, startsAt, participants }: VisitState,
    phase: VisitPhase,
    now: Date,
  ): Promise<Pick<VisitSeen, 'position' | 'wait'>> {
    const patient = participants.find(({ id }) => id === patientId);
    if (phase !== 'waiting' || !patient?.present) return {};
    const [waiting, delays] = await Promise.all([
      this.visits.waiting(doctorId, now),
      this.visits.delays(doctorId, VISITS_SEEN),
    ]);
    const at = waiting.findIndex((one) => one.appointmentId === appointmentId);
    const wait = expectedWait(delays, startsAt, now);
    return { ...(at >= 0 && { position: at + 1 }), ...(wait && { wait }) };
  }
}
