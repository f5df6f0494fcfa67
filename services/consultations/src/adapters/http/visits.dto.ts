import { ApiProperty } from '@nestjs/swagger';
import { Choice, Flag, Instant, Nested, NestedList, Text, Whole } from '@medflow/service-kit';
import { guestRoles } from '../../domain/visit.js';

const MESSAGE_MAX = 500;
const NAME_MAX = 80;
const roles = ['doctor', 'patient', ...guestRoles] as const;
const phases = ['waiting', 'admitted', 'live', 'finished'] as const;

/** Made by the page once for each browser; tells devices apart. */
class DeviceBody {
  @Text({ max: 64, pattern: /^[\w-]+$/ }) device!: string;
}

export class JoinBody {
  @Text({ max: 64, pattern: /^[\w-]+$/, optional: true, description: 'Of this browser; tells one’s devices apart' })
  device?: string;
  @Flag({ optional: true, description: 'The device that one is on gives way' }) takeOver?: boolean;
}

export class AdmitBody {
  @Text({ max: 64, optional: true, description: 'Default: the patient' }) participantId?: string;
}

export class ConsentBody {
  @Text({ max: 20 }) version!: string;
}

export class FinishBody {
  @Text({
    max: 5_000,
    multiline: true,
    min: 0,
    optional: true,
    description: 'Not kept here: notes belong into the record, where the page writes them',
  })
  summary?: string;
  @Flag({
    optional: true,
    description:
      'The doctor judged that video does not suit: the appointment is called off with everything back. The reason belongs into the record, where the page writes it before.',
  })
  unsuitable?: boolean;
}

export class InvitationBody {
  @Text({ max: NAME_MAX }) name!: string;
  @Choice(guestRoles) role!: (typeof guestRoles)[number];
}

export class WaitingMessageBody {
  @Text({ max: MESSAGE_MAX, multiline: true, min: 0 }) message!: string;
}

/** From the hub, about one of its connections. */
export class ConnectionBody extends DeviceBody {
  @Text({ max: 64, optional: true }) accountId?: string;
  @Choice(['patient', 'doctor'], { optional: true }) role?: 'patient' | 'doctor';
  @Text({ max: 64, optional: true }) seat?: string;
}

export class PresenceBody extends ConnectionBody {
  @Flag() online!: boolean;
}

export class SignalBody extends ConnectionBody {
  @Text({ max: 64 }) to!: string;
  @Text({ max: 65_536, multiline: true, verbatim: true, description: 'JSON' }) data!: string;
}

export class SeatBody {
  @Text({ max: 64 }) seat!: string;
}

class ParticipantView {
  @Text({ max: 64 }) id!: string;
  @Text({ max: 200, min: 0 }) name!: string;
  @Choice(roles) role!: (typeof roles)[number];
  @Choice(['invited', 'waiting', 'admitted', 'left']) state!: string;
  @Instant({ description: 'Of that state' }) since!: string;
  @Flag() online!: boolean;
  @Text({ max: 64, optional: true }) device?: string;
}

class IceServerView {
  @ApiProperty({ type: [String] }) urls!: string[];
  @Text({ max: 200, optional: true }) username?: string;
  @Text({ max: 200, optional: true }) credential?: string;
}

class ConsentView {
  @Flag({ description: 'Of whoever asks' }) required!: boolean;
  @Text({ max: 20 }) version!: string;
  @Flag() recorded!: boolean;
  @Text({ max: 2_000, description: 'In the language of `Accept-Language`' }) text!: string;
}

class ExpectedWaitView {
  @Whole({ min: 0, max: 10_000 }) fromMinutes!: number;
  @Whole({ min: 0, max: 10_000 }) toMinutes!: number;
}

export class ConsultationView {
  @Text({ max: 64 }) appointmentId!: string;
  @Choice(phases) state!: (typeof phases)[number];
  @Choice(['unsuitable'], { optional: true, description: 'The doctor ended it because video does not suit' })
  outcome?: 'unsuitable';
  @Instant() opensAt!: string;
  @Instant() startsAt!: string;
  @Instant() endsAt!: string;
  @Text({ max: 64 }) patientId!: string;
  @Text({ max: 64 }) doctorId!: string;
  @Whole({ min: 1, max: 1_000, optional: true, description: 'In the doctor’s queue, while the patient waits' })
  position?: number;
  @Nested(() => ExpectedWaitView, {
    optional: true,
    description: 'From the doctor’s own history, where there is enough',
  })
  expectedWait?: ExpectedWaitView;
  @NestedList(() => ParticipantView, { max: 10 }) participants!: ParticipantView[];
  @NestedList(() => IceServerView, { max: 10 }) iceServers!: IceServerView[];
  @Flag({ description: 'There is a relay; without one some networks cannot be crossed' }) relay!: boolean;
  @Nested(() => ConsentView) consent!: ConsentView;
  @Text({ max: MESSAGE_MAX, multiline: true, optional: true, description: 'The doctor’s word to who waits' })
  message?: string;
  @Text({ max: 64, description: 'Participant who asks' }) self!: string;
}

export class ConsultationsView {
  @NestedList(() => ConsultationView, { max: 100 }) items!: ConsultationView[];
}

export class InvitationView {
  @Text({ max: 64 }) participantId!: string;
  @Text({ max: 500, description: 'For the guest alone: whoever has it sits on the seat' }) url!: string;
}
