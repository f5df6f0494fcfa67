import { type Author, Entry, type EntryContent } from './entry.js';
import { EntryWithdrawn, InvalidEntry } from './errors.js';

const now = new Date('2026-11-30T09:00:00Z');
const later = new Date('2026-12-01T09:00:00Z');
const doctor: Author = { id: 'doctor', role: 'doctor' };
const other: Author = { id: 'other', role: 'doctor' };
const allergy: EntryContent = { kind: 'allergy', label: 'Pénicilline', severity: 'severe' };
const written = (content: EntryContent = allergy) =>
  Entry.write({ id: 'e', patientId: 'p', content, author: doctor }, now);

describe('an entry', () => {
  it('begins with its first version', () => {
    const { state, savedVersion } = written();
    expect([state.version, state.author, state.createdAt, savedVersion]).toEqual([1, doctor, now, 0]);
  });

  it('is corrected by a version that says who, when and why, and leaves the first as it was', () => {
    const first = written();
    const second = Entry.restore(first.state).correct({ ...allergy, severity: 'mild' }, other, 'Erreur', later);
    expect(second.state).toMatchObject({
      version: 2,
      author: other,
      reason: 'Erreur',
      recordedAt: later,
      createdAt: now,
    });
    expect(second.savedVersion).toBe(1);
    expect(first.state.content).toEqual(allergy);
  });

  it('never becomes of another kind', () => {
    expect(() => written().correct({ kind: 'note', label: 'x' }, doctor, 'r', later)).toThrow(InvalidEntry);
  });

  it('is withdrawn for good', () => {
    const withdrawn = written().withdraw(doctor, 'Autre patient', later);
    expect(withdrawn.state).toMatchObject({ withdrawn: true, content: allergy, version: 2 });
    expect(() => withdrawn.correct(allergy, doctor, 'r', later)).toThrow(EntryWithdrawn);
    expect(() => withdrawn.withdraw(doctor, 'r', later)).toThrow(EntryWithdrawn);
  });

  it('of a medicine does not end before it begins', () => {
    const medication = { kind: 'medication', label: 'x', dose: '1', frequency: '1', from: '2026-02-02' } as const;
    expect(() => written({ ...medication, to: '2026-02-01' })).toThrow(InvalidEntry);
    expect(written({ ...medication, to: '2026-02-02' }).state.version).toBe(1);
  });
});
