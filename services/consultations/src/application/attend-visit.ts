import { createHash, randomBytes } from 'node:crypto';
import { CareVisits, opensCare, type CareVisit } from '@medflow/care';
import type { AccountSubject } from '@medflow/access';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import { Clock, Ids } from '../domain/ports.js';
import { CONSENT_VERSION, Consents } from '../domain/telehealth-consent.js';
import {
  ConsentRequired,
  NotAVideoVisit,
  NoVisit,
  UnknownConsent,
  VisitChanged,
  VisitFinished,
} from '../domain/visit-errors.js';
import { type GuestRole, Visit, type VisitOutcome } from '../domain/visit.js';
import { LiveVisits, Visits } from '../domain/visits.js';

const TRIES = 5;

/** Who asks: an account of the two, or whoever has the third seat's secret. */
export type Attendant = { readonly by: AccountSubject; readonly appointmentId: string } | { readonly secret: string };

export interface Attended {
  readonly visit: Visit;
  /** Of whoever asked. */
  readonly selfId: string;
  /** Its appointment is completed: whatever is to be paid for it is. */
  readonly isCompleted?: boolean;
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

type VisitStep = 'read' | 'join' | 'leave' | 'consent' | 'admit' | 'finish' | 'say' | 'invite';

/** Brings people into visits and out of them. */
@Injectable()
export class AttendVisitHandler {
  constructor(
    private readonly appointments: CareVisits,
    private readonly visits: Visits,
    private readonly consents: Consents,
    private readonly live: LiveVisits,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The visit as it stands, and who of it asks. @throws NoVisit, NotTheirs, NotAVideoVisit */
  async find(attendant: Attendant, step: VisitStep = 'read'): Promise<Attended> {
    if ('secret' in attendant) {
      const secretHash = hashOf(attendant.secret);
      const visit = await this.visits.ofSecret(secretHash);
      const seat = visit?.state.participants.find((one) => one.secretHash === secretHash);
      if (!visit || !seat) throw new NoVisit('no such seat');
      return { visit, selfId: seat.id };
    }
    const { by, appointmentId } = attendant;
    const [appointment, stored] = await Promise.all([
      this.appointments.find(appointmentId),
      this.visits.find(appointmentId),
    ]);
    if (!appointment) throw new NoVisit(`visit ${appointmentId}`);
    access.expect(by, step, 'visit', appointment);
    // One that was judged unsuitable is called off by that, and stays to be read.
    if (!stored?.state.outcome) mustBeByVideo(appointment);
    // It may have been moved since somebody first came.
    const { startsAt, endsAt, doctorId, patientId } = appointment;
    const visit = stored
      ? Visit.restore({ ...stored.state, startsAt, endsAt })
      : Visit.of({ appointmentId, doctorId, patientId, startsAt, endsAt });
    return { visit, selfId: by.id, isCompleted: appointment.status === 'completed' };
  }

  /** @throws TooEarly, ConsentRequired, VisitFinished, Elsewhere and as {@link find} */
  join(attendant: Attendant, device: string, takeOver: boolean): Promise<Attended> {
    return this.change(attendant, 'join', async (visit, selfId) => {
      const before = visit.participant(selfId);
      const next = visit.join(selfId, device, takeOver, this.clock.now());
      if (before.role === 'patient' && !(await this.consents.isRecorded(selfId, CONSENT_VERSION)))
        throw new ConsentRequired(CONSENT_VERSION);
      return next;
    });
  }

  leave(attendant: Attendant): Promise<Attended> {
    return this.change(attendant, 'leave', (visit, selfId) => visit.leave(selfId, this.clock.now()));
  }

  /** @param participantId undefined: the patient @throws NobodyWaits, VisitFinished */
  admit(attendant: Attendant, participantId?: string): Promise<Attended> {
    return this.change(attendant, 'admit', (visit) =>
      visit.admit(participantId ?? visit.state.patientId, this.clock.now()),
    );
  }

  /** @throws TooEarly, VisitFinished where an outcome is given that it can no longer have */
  finish(attendant: Attendant, outcome?: VisitOutcome): Promise<Attended> {
    return this.change(attendant, 'finish', (visit, _, isCompleted) => {
      if (outcome && isCompleted) throw new VisitFinished(visit.state.appointmentId);
      return visit.finish(this.clock.now(), outcome);
    });
  }

  /** @throws VisitFinished */
  say(attendant: Attendant, message: string | null): Promise<Attended> {
    return this.change(attendant, 'say', (visit) => visit.say(message, this.clock.now()));
  }

  /** @returns the secret of the third seat, told once @throws SeatTaken, VisitFinished */
  async invite(attendant: Attendant, name: string, role: GuestRole): Promise<{ secret: string; id: string }> {
    const secret = randomBytes(24).toString('base64url');
    const seat = { id: `guest-${this.ids.next()}`, name, role, secretHash: hashOf(secret) };
    await this.change(attendant, 'invite', (visit) => visit.invite(seat, this.clock.now()));
    return { secret, id: seat.id };
  }

  /** @throws UnknownConsent */
  async consent(attendant: Attendant & { by: AccountSubject }, version: string): Promise<Attended> {
    const attended = await this.find(attendant, 'consent');
    if (version !== CONSENT_VERSION) throw new UnknownConsent(version);
    await this.consents.record(attendant.by.id, version, this.clock.now());
    return attended;
  }

  /** From now on the next visit asks again; those that were are not changed by it. */
  async withdrawConsent(attendant: Attendant & { by: AccountSubject }): Promise<Attended> {
    const attended = await this.find(attendant, 'consent');
    await this.consents.withdraw(attendant.by.id, this.clock.now());
    return attended;
  }

  private async change(
    attendant: Attendant,
    step: VisitStep,
    decide: (visit: Visit, selfId: string, isCompleted: boolean) => Visit | Promise<Visit>,
  ): Promise<Attended> {
    for (let attempt = 1; ; attempt += 1) {
      const { visit, selfId, isCompleted = false } = await this.find(attendant, step);
      const next = await decide(visit, selfId, isCompleted);
      if (next === visit) return { visit, selfId };
      try {
        await this.visits.save(next);
      } catch (error) {
        if (error instanceof VisitChanged && attempt < TRIES) continue;
        throw error;
      }
      this.live.changed(next.state, movedOf(visit, next, selfId));
      return { visit: Visit.restore(next.state), selfId };
    }
  }
}

/** Where somebody goes on on another device, the former one is told. */
function movedOf(before: Visit, after: Visit, id: string): { participantId: string; device: string } | undefined {
  const [was, is] = [before.participant(id), after.participant(id)];
  if (!was.present || !is.present || was.device === is.device) return undefined;
  return { participantId: id, device: is.device! };
}

/** @throws NotAVideoVisit */
function mustBeByVideo(appointment: CareVisit): void {
  if (appointment.mode !== 'video' || !opensCare(appointment)) throw new NotAVideoVisit(appointment.appointmentId);
}
