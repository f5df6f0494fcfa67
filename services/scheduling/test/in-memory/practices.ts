import type { Appointment } from '../../src/domain/appointment.js';
import { type PracticeChange, Practices } from '../../src/domain/practice.js';
import type { InMemoryAppointments } from './appointments.js';
import type { InMemoryDoctors } from './people.js';
import type { Pause } from './time.js';

/** Always looks at all who were ever barred. */
export class InMemoryPractices extends Practices {
  constructor(
    private readonly doctors: InMemoryDoctors,
    private readonly appointments: InMemoryAppointments,
    private readonly pause: Pause,
  ) {
    super();
  }

  async barredSince(doctorId: string): Promise<Date | undefined> {
    await this.pause();
    return (await this.doctors.find(doctorId))?.barredSince;
  }

  async toSettle(): Promise<PracticeChange[]> {
    await this.pause();
    const changes = [...this.doctors.everBarred].map(async ([doctorId, since]): Promise<PracticeChange> => {
      const barredSince = (await this.doctors.find(doctorId))?.barredSince;
      return { doctorId, since, ...(barredSince && { barredSince }), searchFor: { city: 'Tunis' }, sequence: 1 };
    });
    return Promise.all(changes);
  }

  misfits({ doctorId, since, barredSince }: PracticeChange, now: Date, limit: number): Promise<Appointment[]> {
    return this.appointments.those(limit, ({ doctor, status, startsAt, doctorUnavailable: isLost }) => {
      if (doctor.id !== doctorId || startsAt < since!) return false;
      if (!barredSince) return status === 'accepted' && isLost === true;
      if (status !== 'accepted') return ['held', 'requested'].includes(status);
      return isLost ? startsAt <= now : startsAt >= barredSince;
    });
  }

  async nextWithoutDoctor(): Promise<Date | undefined> {
    return undefined;
  }

  async settled(): Promise<void> {}
}
