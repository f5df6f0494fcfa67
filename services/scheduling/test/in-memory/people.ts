import type { AvailabilityPlan } from '../../src/domain/availability-plan.js';
import { Availability } from '../../src/domain/availability.js';
import { type Doctor, Doctors, type ListedDoctor, Patients } from '../../src/domain/doctors.js';
import type { Person } from '../../src/domain/values.js';

export class InMemoryDoctors extends Doctors {
  private readonly doctors = new Map<string, Doctor>();
  /** Since when visits may not fit what the doctor may do. */
  readonly everBarred = new Map<string, Date>();

  async find(doctorId: string): Promise<Doctor | undefined> {
    return this.doctors.get(doctorId);
  }

  async publishAvailability(id: string, plan: AvailabilityPlan): Promise<number> {
    const version = (this.doctors.get(id)?.version ?? 0) + 1;
    const person = { id, firstName: 'Karim', lastName: 'Trabelsi' };
    this.doctors.set(id, { id, person, published: true, version, availability: Availability.publish(id, plan) });
    return version;
  }

  async show({ id }: ListedDoctor): Promise<void> {
    this.change(id, { published: true });
  }

  async hide(id: string): Promise<void> {
    this.change(id, { published: false });
  }

  async bar(id: string, since: Date): Promise<void> {
    this.change(id, { published: false, barredSince: this.doctors.get(id)?.barredSince ?? since });
    this.everBarred.set(id, this.everBarred.get(id) ?? since);
  }

  private change(id: string, { published, barredSince }: Pick<Doctor, 'published' | 'barredSince'>): void {
    const { barredSince: _, ...doctor } = this.doctors.get(id)!;
    this.doctors.set(id, { ...doctor, published, ...(barredSince && { barredSince }) });
  }
}

/** Profiles has told nothing: names are those of the access token. */
export class UnknownPatients extends Patients {
  async find(): Promise<Person | undefined> {
    return undefined;
  }

  async keep(): Promise<void> {}
}
