import { Injectable } from '@nestjs/common';
import { doctorPublishedV1, doctorSuspendedV1, patientProfileUpdatedV1 } from '@medflow/contracts';
import { Outbox, type OutgoingEvent } from '@medflow/messaging';
import { type DoctorFact, FactLog } from '../../domain/facts.js';
import type { PatientState } from '../../domain/patient-profile.js';

export function doctorEventOf(fact: DoctorFact): OutgoingEvent {
  const { version: sequence } = fact;
  if (fact.name === 'suspended') {
    const { doctorId, reason } = fact;
    return { contract: doctorSuspendedV1, subject: doctorId, sequence, data: { doctorId, reason } };
  }
  const { id: doctorId, firstName, lastName, specializations, city, timeZone, photo } = fact.card;
  const shown = { doctorId, firstName, lastName, specializations: [...specializations], city, timeZone };
  const data = { ...shown, ...(photo !== undefined && { photo }) };
  return { contract: doctorPublishedV1, subject: doctorId, sequence, data };
}

export function patientEventOf(patient: Readonly<PatientState>): OutgoingEvent {
  const { id: patientId, firstName, lastName, preferredLanguage, timeZone, photo, version: sequence } = patient;
  const shown = { patientId, firstName, lastName, preferredLanguage, timeZone };
  const data = { ...shown, ...(photo !== undefined && { photo }) };
  return { contract: patientProfileUpdatedV1, subject: patientId, sequence, data };
}

@Injectable()
export class Publications extends FactLog {
  constructor(private readonly outbox: Outbox) {
    super();
  }

  patientUpdated(patient: Readonly<PatientState>): Promise<void> {
    return this.outbox.append([patientEventOf(patient)]);
  }

  doctor(facts: readonly DoctorFact[]): Promise<void> {
    return this.outbox.append(facts.map(doctorEventOf));
  }
}
