import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoClient } from './client.js';

interface Somebody {
  readonly id: string;
  readonly token: string;
}

const DAY_MS = 86_400_000;
const PATIENCE = { tries: 40, everyMs: 250 };

const day = (daysAgo: number): string => new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);
const moment = (daysAgo: number): string => `${day(daysAgo)}T08:30:00Z`;

const pressure = (daysAgo: number, systolic: number, diastolic: number) => ({
  kind: 'vital',
  label: 'Tension artérielle',
  measure: 'blood-pressure',
  systolic,
  diastolic,
  unit: 'mm[Hg]',
  at: moment(daysAgo),
});

const weight = (daysAgo: number, value: number) => ({
  kind: 'vital',
  label: 'Poids',
  measure: 'weight',
  value,
  unit: 'kg',
  at: moment(daysAgo),
});

const icd10 = (code: string) => ({ system: 'http://hl7.org/fhir/sid/icd-10', code });
const atc = (code: string) => ({ system: 'http://www.whocc.no/atc', code });

/** Somebody with high blood pressure, who gets better. */
const story = () => [
  { kind: 'antecedent', label: 'Appendicectomie', onset: '2004' },
  { kind: 'allergy', label: 'Pénicilline', severity: 'severe', code: atc('J01C'), note: 'Urticaire en 2018.' },
  { kind: 'condition', label: 'Hypertension artérielle', code: icd10('I10'), onset: '2024-03' },
  { kind: 'immunization', label: 'Grippe saisonnière', at: day(60), code: atc('J07BB02') },
  pressure(90, 158, 96),
  weight(90, 86.5),
  {
    kind: 'medication',
    label: 'Amlodipine',
    code: atc('C08CA01'),
    dose: '5 mg',
    frequency: '1 fois par jour, le matin',
    from: day(88),
  },
  pressure(60, 146, 91),
  weight(60, 85.1),
  pressure(30, 138, 86),
  weight(30, 83.8),
  { kind: 'note', label: 'Contrôle', note: 'Tension en baisse, traitement bien toléré. Revoir dans un mois.' },
  {
    kind: 'prescription',
    label: 'Renouvellement',
    items: [{ label: 'Amlodipine', code: atc('C08CA01'), dose: '5 mg', frequency: '1 fois par jour', days: 90 }],
  },
];

/** An appointment that opens care; undefined where none can be had. */
async function takeIntoCare(api: DemoClient, doctor: Somebody, patient: Somebody): Promise<string | undefined> {
  const { body } = await api.call('GET', `/doctors/${doctor.id}/slots?limit=50`);
  for (const { id: slotId } of body.items as { id: string }[]) {
    const booked = await api.call('POST', '/appointments', {
      token: patient.token,
      body: { slotId, examinedBefore: true },
      expect: [201, 403, 409],
    });
    if (booked.status === 403) return undefined;
    if (booked.status === 409) continue;
    const answer = { token: doctor.token, body: { examinedBefore: true } };
    await api.call('POST', `/appointments/${booked.body.id}/accept`, answer);
    return booked.body.id as string;
  }
  return undefined;
}

/**
 * A record to look at, and a conversation: of a patient whom the doctor has just taken into care.
 * @returns how many entries it has
 */
export async function writeRecord(api: DemoClient, doctor: Somebody, patient: Somebody): Promise<number> {
  if (!(await takeIntoCare(api, doctor, patient))) return 0;
  const { token } = doctor;
  // That care has begun is on its way to the record.
  for (let tries = 1; ; tries += 1) {
    const { status } = await api.call('GET', `/patients/${patient.id}/record`, { token, expect: [200, 404] });
    if (status === 200) break;
    if (tries === PATIENCE.tries) return 0;
    await sleep(PATIENCE.everyMs);
  }
  const entries = story();
  for (const body of entries) await api.call('POST', `/patients/${patient.id}/record/entries`, { token, body });
  const opened = await api.call('POST', '/conversations', {
    token,
    body: { patientId: patient.id },
    expect: [200, 201, 404],
  });
  if (opened.status !== 404) {
    const path = `/conversations/${opened.body.id}/messages`;
    const say = (text: string, by: Somebody) => api.call('POST', path, { token: by.token, body: { text } });
    await say('Bonjour, comment supportez-vous le nouveau traitement ?', doctor);
    await say('Très bien, docteur. La tension était à 13,8 ce matin.', patient);
    // Nobody is to be written a letter about it.
    for (const { token: of } of [patient, doctor])
      await api.call('POST', `/conversations/${opened.body.id}/read`, { token: of, body: {} });
  }
  return entries.length;
}
