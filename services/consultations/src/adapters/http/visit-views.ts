import { consentText, type ConsentLanguage } from '../../domain/telehealth-consent.js';
import { opensAt, type Participant, stateOf } from '../../domain/visit.js';
import type { VisitSeen } from '../../application/read-visit.js';
import type { ConsultationView } from './visits.dto.js';

export function visitView(seen: VisitSeen, language: ConsentLanguage): ConsultationView {
  const { state, phase, selfId, servers, relay, consent, position, wait } = seen;
  return {
    appointmentId: state.appointmentId,
    state: phase,
    ...(state.outcome && { outcome: state.outcome }),
    opensAt: opensAt(state).toISOString(),
    startsAt: state.startsAt.toISOString(),
    endsAt: state.endsAt.toISOString(),
    patientId: state.patientId,
    doctorId: state.doctorId,
    ...(position !== undefined && { position }),
    ...(wait && { expectedWait: { ...wait } }),
    participants: state.participants.map((participant) => participantView(participant, seen)),
    iceServers: servers.map((server) => ({ ...server, urls: [...server.urls] })),
    relay,
    consent: { ...consent, text: consentText[language] },
    ...(state.message && { message: state.message }),
    self: selfId,
  };
}

function participantView(participant: Participant, { people }: VisitSeen) {
  const { id, role, name, present, device, since } = participant;
  const person = people.get(id);
  return {
    id,
    name: name ?? (person ? `${person.firstName} ${person.lastName}`.trim() : ''),
    role,
    state: stateOf(participant),
    since: since.toISOString(),
    online: present,
    ...(device !== undefined && { device }),
  };
}
