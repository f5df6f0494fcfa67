import type { Person } from '@medflow/people';
import { photoOf } from '@medflow/service-kit';
import type { NamedEmergency } from '../../application/emergency-access.js';
import type { Named, ReadPage } from '../../application/read-record.js';
import type { AccessLine } from '../../domain/access-log.js';
import type { EmergencyAccess } from '../../domain/emergency.js';
import type { EntryState } from '../../domain/entry.js';
import type { EmergencyAccessView, EntryView } from './records.dto.js';

export const personView = ({ id, firstName, lastName, photo }: Person) => ({
  id,
  firstName,
  lastName,
  photo: photoOf(photo),
});

export function entryView(entry: EntryState, people: Named): EntryView {
  const { id, content, author, recordedAt, createdAt, version, reason, withdrawn, provenance } = entry;
  const { file, ...said } = content as typeof content & { file?: { mediaType: string; bytes: number } };
  return {
    id,
    ...(said as Omit<EntryView, 'id' | 'author' | 'recordedAt' | 'createdAt' | 'version'>),
    ...(file && { file: { mediaType: file.mediaType, bytes: file.bytes } }),
    author: { ...personView(people.get(author.id)!), role: author.role },
    recordedAt: recordedAt.toISOString(),
    createdAt: createdAt.toISOString(),
    version,
    ...(reason !== undefined && { reason }),
    ...(withdrawn && { withdrawn }),
    ...(provenance && {
      provenance: { source: provenance.source, importedAt: provenance.importedAt.toISOString() },
    }),
  };
}

export const summaryView = ({ summary, people }: ReadPage) => {
  const views = (entries: readonly EntryState[]) => entries.map((entry) => entryView(entry, people));
  return {
    allergies: views(summary.allergies),
    medications: views(summary.medications),
    conditions: views(summary.conditions),
    lastVisits: summary.lastVisits.map(({ appointmentId, doctorId, startsAt, mode }) => ({
      appointmentId,
      doctor: personView(people.get(doctorId)!),
      startsAt: startsAt.toISOString(),
      mode,
    })),
  };
};

export const lineView = (
  { line, at, actorId, role, action, purpose, subjectId, reason }: AccessLine,
  people: Named,
) => ({
  line,
  at: at.toISOString(),
  actor: actorId === null ? null : personView(people.get(actorId)!),
  role,
  action,
  purpose,
  ...(subjectId !== undefined && { subjectId }),
  ...(reason !== undefined && { reason }),
});

export const emergencyView = ({ access, people }: NamedEmergency): EmergencyAccessView => ({
  id: access.id,
  patient: personView(people.get(access.patientId)!),
  doctor: personView(people.get(access.doctorId)!),
  reason: access.reason,
  openedAt: access.openedAt.toISOString(),
  until: access.until.toISOString(),
  ...reviewView(access),
});

const reviewView = ({ review }: EmergencyAccess) =>
  review && {
    verdict: review.verdict,
    ...(review.comment !== undefined && { comment: review.comment }),
    reviewedAt: review.at.toISOString(),
  };
