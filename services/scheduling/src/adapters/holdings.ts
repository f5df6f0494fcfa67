import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Holding, holding, Holdings } from '@medflow/messaging';
import type { Model } from 'mongoose';
import type { AppointmentFact, FactName } from '../domain/appointment-state.js';
import { eventAgainOf, planEventOf, summaryEventOf } from './bus/publications.js';
import { toState } from './mongo/mongo-appointments.js';
import { defaultPlan } from '../domain/availability-plan.js';
import { AppointmentRecord, DoctorRecord, type LastFact } from './mongo/schemas.js';

/** What this service tells again: how each appointment stands, in which zone each doctor plans, and when they can be booked. */
@Injectable()
export class SchedulingHoldings extends Holdings {
  readonly all: readonly Holding[];

  constructor(
    @InjectModel(AppointmentRecord.name) appointments: Model<AppointmentRecord>,
    @InjectModel(DoctorRecord.name) doctors: Model<DoctorRecord>,
  ) {
    super();
    this.all = [
      holding<AppointmentRecord>(
        'appointments',
        appointments,
        (record) => {
          const { sequence, ...fact } = record.lastFact ?? impliedBy(record);
          return [eventAgainOf({ ...fact, appointment: toState(record) }, sequence)];
        },
        // Appointments of earlier releases do not say when.
        (since) => ({ 'lastFact.at': { $not: { $lt: since } } }),
      ),
      holding<DoctorRecord>(
        'plans',
        doctors,
        ({ _id: doctorId, plan, plannedAt: at, version }) => {
          const { timeZone } = { ...defaultPlan, ...plan };
          return [planEventOf({ doctorId, timeZone, version, ...(at && { at }) })];
        },
        // Plans of earlier releases do not say when.
        (since) => ({ plannedAt: { $not: { $lt: since } } }),
        { version: { $gt: 0 } },
      ),
      holding<DoctorRecord>('availability', doctors, ({ _id, summary }) =>
        summary ? [{ ...summaryEventOf(_id, summary, summary.sequence), time: summary.at }] : [],
      ),
    ];
  }
}

/** The last fact of an appointment of an earlier release, which did not note it. */
function impliedBy(record: AppointmentRecord): LastFact {
  const { status, startsAt, createdAt, version: sequence, cancellation, rejection } = record;
  const isOpen = status === 'held' || status === 'requested' || status === 'accepted';
  const by = cancellation?.by ?? (rejection && 'doctor');
  const reason = cancellation?.reason ?? rejection?.reason;
  const said: Pick<AppointmentFact, 'by' | 'reason'> = { ...(by && { by }), ...(reason && { reason }) };
  return { name: nameOf(record), at: isOpen ? createdAt : startsAt, sequence, ...said };
}

function nameOf({ status, holdLost, doctorUnavailable }: AppointmentRecord): FactName {
  if (holdLost) return 'hold-lost';
  return doctorUnavailable ? 'doctor-unavailable' : status;
}
