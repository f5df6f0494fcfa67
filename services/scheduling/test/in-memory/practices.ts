import type { Appointment } from '../../src/domain/appointment.js';
import { type PracticeChange, Practices } from '../../src/domain/practice.js';
import type { InMemoryAppointments } from './appointments.js';
import type { InMemoryDoctors } from './doctors.js';
import type { Pause } from './time.js';

export class InMemoryPractices extends Practices {
  constructor(
    protected readonly doctors: InMemoryDoctors,
    private readonly appointments: InMemoryAppointments,
    protected readonly pause: Pause,
  ) {
    super();
  }

  async barredSince(doctorId: string): Promise<Date | undefined> {
    await this.pause();
    return (await this.doctors.find(doctorId))?.barredSince;
  }

  async claim(now: Date, until: Date, limit: number) {
    await this.pause();
    return this.doctors.claimChanges(now, until, limit);
  }

  misfits({ doctorId, since, barredSince }: PracticeChange, now: Date, limit: number): Promise<Appointment[]> {
    return this.appointments.those(limit, ({ doctor, status, startsAt, doctorUnavailable: isLost }) => {
      if (doctor.id !== doctorId || startsAt < since!) return false;
      if (!barredSince) return status === 'accepted' && isLost === true;
      if (status !== 'accepted') return ['held', 'requested'].includes(status);
      return isLost ? startsAt <= now : startsAt >= barredSince;
    });
  }

  async nextWithoutDoctor(doctorId: string, now: Date): Promise<Date | undefined> {
    const [next] = await this.appointments.those(
      1,
      ({ doctor, status, startsAt, doctorUnavailable }) =>
        doctor.id === doctorId && startsAt > now && status === 'accepted' && doctorUnavailable === true,
    );
    return next?.state.startsAt;
  }

  async settled(change: PracticeChange, next: Date | undefined): Promise<void> {
    this.doctors.settled(change, next);
  }
}

/** Looks at once at what others look at a minute later, when what was being booked meanwhile is there. */
export class ImpatientPractices extends InMemoryPractices {
  private readonly everBarred = new Map<string, Date>();

  override async claim() {
    await this.pause();
    for (const { doctorId, since } of this.doctors.everChanged())
      if (since && !this.everBarred.has(doctorId)) this.everBarred.set(doctorId, since);
    const changes = [...this.everBarred].map(async ([doctorId, since]): Promise<PracticeChange> => {
      const barredSince = (await this.doctors.find(doctorId))?.barredSince;
      const searchFor = { city: 'Tunis' };
      return { doctorId, since, ...(barredSince && { barredSince }), searchFor, sequence: 1, claim: 'mine' };
    });
    return { changes: await Promise.all(changes), next: undefined };
  }

  override async settled(): Promise<void> {}
}
