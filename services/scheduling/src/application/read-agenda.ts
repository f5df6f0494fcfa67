import { Injectable } from '@nestjs/common';
import { Agendas } from '../domain/agendas.js';
import type { AppointmentState } from '../domain/appointment-state.js';
import { defaultPlan } from '../domain/availability-plan.js';
import { boundsOfDay } from '../domain/doctor-days.js';
import { Doctors } from '../domain/doctors.js';
import { Clock } from '../domain/ports.js';
import { withoutReason } from '../domain/practice.js';
import { DAY_MS } from '../domain/values.js';

const REQUESTS = 5;
const UNPAID = 20;
/** Who has not paid by then is for the doctor to remind. */
const UNPAID_DAYS = 90;

export interface DoctorAgenda {
  timeZone: string;
  today: AppointmentState[];
  requests: { count: number; first: AppointmentState[] };
}

export interface PatientAgenda {
  next: AppointmentState | undefined;
  unpaid: AppointmentState[];
}

/** What somebody's first page shows of their appointments. */
@Injectable()
export class ReadAgendaHandler {
  constructor(
    private readonly agendas: Agendas,
    private readonly doctors: Doctors,
    private readonly clock: Clock,
  ) {}

  async ofDoctor(doctorId: string): Promise<DoctorAgenda> {
    const now = this.clock.now();
    const doctor = await this.doctors.find(doctorId);
    const { timeZone } = doctor?.availability.plan ?? defaultPlan;
    const { from, to } = boundsOfDay(now, timeZone);
    const [today, requests] = await Promise.all([
      this.agendas.visits(doctorId, from, to),
      this.agendas.requests(doctorId, now, REQUESTS),
    ]);
    if (!doctor?.barredSince) return { timeZone, today, requests };
    const first = requests.first.map(withoutReason);
    return { timeZone, today: today.map(withoutReason), requests: { count: requests.count, first } };
  }

  async ofPatient(patientId: string): Promise<PatientAgenda> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - UNPAID_DAYS * DAY_MS);
    const [next, unpaid] = await Promise.all([
      this.agendas.next(patientId, now),
      this.agendas.unpaid(patientId, since, now, UNPAID),
    ]);
    return { next, unpaid };
  }
}
