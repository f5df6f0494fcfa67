import type { AccountSubject } from '@medflow/access';
import { Injectable } from '@nestjs/common';
import { Clock } from '../domain/ports.js';
import { Elsewhere, NobodyWaits, NoVisit, VisitFinished } from '../domain/visit-errors.js';
import { isSeatOf, phaseOf, type Participant, type Visit } from '../domain/visit.js';
import { LiveVisits } from '../domain/visits.js';
import { type Attendant, AttendVisitHandler } from './attend-visit.js';

/** As the hub knows them: an account, or the holder of a seat. */
export type Connection = { readonly account: AccountSubject } | { readonly secret: string };

export interface EnterRoom {
  readonly appointmentId: string;
  readonly device: string;
  readonly online: boolean;
}

export interface SendSignal {
  readonly appointmentId: string;
  readonly device: string;
  readonly to: string;
  readonly data: string;
}

/** Passes on what two browsers tell each other; nothing of it is kept. */
@Injectable()
export class PassSignalsHandler {
  constructor(
    private readonly attending: AttendVisitHandler,
    private readonly live: LiveVisits,
    private readonly clock: Clock,
  ) {}

  /** Whom the secret of a third seat lets in. @throws NoVisit */
  async seat(secret: string): Promise<{ appointmentId: string; participantId: string }> {
    const { visit, selfId } = await this.attending.find({ secret });
    return { appointmentId: visit.state.appointmentId, participantId: selfId };
  }

  /** @throws NoVisit, NotTheirs, VisitFinished */
  async presence(connection: Connection, { appointmentId, device, online }: EnterRoom): Promise<void> {
    const { visit, selfId } = await this.find(connection, appointmentId);
    const { id, device: seated } = visit.participant(selfId);
    // A device that has given way has nothing to say.
    if (seated !== device) return;
    const others = visit.state.participants.filter((one) => one.id !== id && one.present);
    this.live.presence({ appointmentId, participantId: id, device, online }, others.map(addressOf));
  }

  /** Only from one who was let in to another who was. @throws NoVisit, NotTheirs, VisitFinished, NobodyWaits, Elsewhere */
  async signal(connection: Connection, { appointmentId, device, to, data }: SendSignal): Promise<void> {
    const { visit, selfId } = await this.find(connection, appointmentId);
    const [sender, recipient] = [visit.participant(selfId), visit.participant(to)];
    if (sender.device !== device) throw new Elsewhere(device);
    if (!isInRoom(sender) || !isInRoom(recipient) || sender.id === recipient.id) throw new NobodyWaits(to);
    this.live.signal({ appointmentId, from: selfId, to, data }, isSeatOf(recipient.role));
  }

  private async find(connection: Connection, appointmentId: string): Promise<{ visit: Visit; selfId: string }> {
    const attendant: Attendant =
      'secret' in connection ? { secret: connection.secret } : { by: connection.account, appointmentId };
    const attended = await this.attending.find(attendant);
    if (attended.visit.state.appointmentId !== appointmentId) throw new NoVisit(appointmentId);
    if (phaseOf(attended.visit.state, this.clock.now()) === 'finished') throw new VisitFinished(appointmentId);
    return attended;
  }
}

const isInRoom = ({ present, admitted }: Participant): boolean => present && admitted;
const addressOf = ({ id, role }: Participant) => ({ id, isGuest: isSeatOf(role) });
