import { Injectable } from '@nestjs/common';
import {
  doctorAgenda,
  doctorProfile,
  latestFeedback,
  notifications,
  patientAgenda,
  patientProfile,
  visitsToRate,
} from './answers.js';
import type { DoctorDashboardView, PatientDashboardView } from './dashboards.dto.js';
import { ReadStatistics } from './read-statistics.js';
import { type Caller, Upstreams } from './upstreams.js';

const SHOWN = 5;

/** The first page that people see, of the parts that each service has: what is down lacks, the rest is shown. */
@Injectable()
export class ReadDashboards {
  constructor(
    private readonly upstreams: Upstreams,
    private readonly statistics: ReadStatistics,
  ) {}

  async ofDoctor(caller: Caller): Promise<DoctorDashboardView> {
    const parts = this.upstreams.partsFor(caller);
    const id = encodeURIComponent(caller.id);
    const [agenda, statistics, feedback, profile] = await Promise.all([
      parts.of('scheduling', `/internal/appointments/doctors/${id}/agenda`, doctorAgenda),
      this.statistics.of(parts, caller.id, { bucket: 'day' }),
      parts.of('feedback', `/internal/feedback/doctors/${id}/latest?limit=${SHOWN}`, latestFeedback),
      parts.of('profiles', '/doctors/me', doctorProfile),
    ]);
    const { unavailable } = parts;
    return {
      today: agenda?.today ?? null,
      requests: agenda?.requests ?? null,
      statistics: { ...statistics, unavailable },
      latestFeedback: feedback?.items ?? null,
      profile,
      unavailable,
    };
  }

  async ofPatient(caller: Caller): Promise<PatientDashboardView> {
    const parts = this.upstreams.partsFor(caller);
    const id = encodeURIComponent(caller.id);
    const [agenda, visits, profile, list] = await Promise.all([
      parts.of('scheduling', `/internal/appointments/patients/${id}/agenda`, patientAgenda),
      parts.of('feedback', `/internal/feedback/patients/${id}/to-rate?limit=${SHOWN}`, visitsToRate),
      parts.of('profiles', '/patients/me', patientProfile),
      parts.of('notifications', '/notifications?limit=1', notifications),
    ]);
    return {
      next: agenda?.next ?? null,
      paymentsDue: (agenda?.paymentsDue ?? null) as PatientDashboardView['paymentsDue'],
      toRate: (visits?.items ?? null) as PatientDashboardView['toRate'],
      profile,
      unread: list?.unread ?? null,
      unavailable: parts.unavailable,
    };
  }
}
