import { type RatedVisit, writeDemoReviews } from '@medflow/feedback';
import { type DemoVisit, writeDemoHistory } from '@medflow/scheduling';
import { StartupError } from '@medflow/servers';
import { databaseUri } from '@medflow/service-kit';
import type { Administrator } from '../administrator.js';
import { DemoClient } from './client.js';
import { writeRecord } from './records.js';
import { drawnPortrait } from './portraits.js';
import { chance, cities, comments, families, fields, men, replies, women } from './people.js';

const DOCTORS = 40;
const PATIENTS = 60;
const PAST_PER_DOCTOR = 15;
const COMING_PER_DOCTOR = 5;
const PAST_DAYS = 90;
const DAY_MS = 86_400_000;
/** Everybody's, on a machine for looking around. */
export const DEMO_PASSWORD = 'jasmin-bleu-42';

interface Account {
  id: string;
  token: string;
  firstName: string;
  lastName: string;
  /** Id. */
  photo?: string;
}

interface DemoDoctor extends Account {
  price: { amount: number; currency: string };
}

const { below, of } = chance();

export interface DemoTarget {
  url: string;
  mongoUri: string;
  administrator: Administrator;
  /** Money is not real here: some of the coming visits are paid. */
  paysWithTestCards: boolean;
  say: (line: string) => void;
}

/** Fills an installation in through its public API; the past, which no API books, through the services' own rules. */
export async function fillIn({ url, mongoUri, administrator, paysWithTestCards, say }: DemoTarget): Promise<void> {
  const api = new DemoClient(url, say);
  const known = await api.call('POST', '/auth/login', {
    body: { email: 'docteur1@demo.medflow.local', password: DEMO_PASSWORD },
    expect: [200, 401],
  });
  if (known.status === 200) {
    say('The demonstration is here already; nothing was added.');
    return signInHints(say);
  }
  const { email, password } = administrator;
  const admin = await api.call('POST', '/auth/login', { body: { email, password }, expect: [200, 401] });
  if (admin.status === 401)
    throw new StartupError(
      `The administrator ${email} has another password by now: say who administers this installation with MEDFLOW_ADMIN_EMAIL and MEDFLOW_ADMIN_PASSWORD.`,
    );
  const doctors: DemoDoctor[] = [];
  for (let n = 0; n < DOCTORS; n += 1) {
    doctors.push(await addDoctor(api, n, admin.body.accessToken));
    if ((n + 1) % 10 === 0) say(`${n + 1} of ${DOCTORS} doctors`);
  }
  const patients: Account[] = [];
  for (let n = 0; n < PATIENTS; n += 1) patients.push(await addPatient(api, n));
  say(`${PATIENTS} patients`);
  const history = doctors.flatMap((doctor) => historyOf(doctor, patients));
  const ids = await writeDemoHistory(databaseUri(mongoUri, 'scheduling'), history);
  say(`${history.length} past appointments`);
  const completed = history.flatMap((visit, n) => (visit.outcome === 'completed' ? [ratedOf(visit, ids[n]!)] : []));
  const rated = await writeDemoReviews(databaseUri(mongoUri, 'feedback'), completed);
  say(`${rated} reviews`);
  let coming = 0;
  for (const doctor of doctors) {
    coming += await bookComing(api, doctor, patients, paysWithTestCards);
    if (coming % 50 === 0) say(`${coming} coming appointments`);
  }
  say(`${coming} coming appointments in all`);
  const entries = await writeRecord(api, doctors[0]!, patients[0]!);
  if (entries > 0) say(`a medical record with ${entries} entries, and a conversation`);
  signInHints(say);
}

function signInHints(say: (line: string) => void): void {
  say('Sign in as docteur1@demo.medflow.local or patient1@demo.medflow.local');
  say(`password: ${DEMO_PASSWORD}`);
}

async function register(
  api: DemoClient,
  role: 'doctor' | 'patient',
  n: number,
  firstName: string,
  lastName: string,
): Promise<Account> {
  const email = `${role === 'doctor' ? 'docteur' : 'patient'}${n + 1}@demo.medflow.local`;
  const { body } = await api.call('POST', '/auth/register', {
    body: { role, email, password: DEMO_PASSWORD, firstName, lastName },
  });
  return { id: body.account.id, token: body.accessToken, firstName, lastName };
}

async function addDoctor(api: DemoClient, n: number, admin: string): Promise<DemoDoctor> {
  const isWoman = n % 2 === 0;
  const [code, introduction] = fields[n % fields.length]!;
  const doctor = await register(api, 'doctor', n, of(isWoman ? women : men), families[n % families.length]!);
  const price = { amount: 40_000 + below(17) * 5_000, currency: 'TND' };
  const years = 4 + below(25);
  await api.call('PUT', '/doctors/me', {
    token: doctor.token,
    body: {
      gender: isWoman ? 'female' : 'male',
      biography: `${introduction} ${years} ans d’expérience.`,
      specializations: [code],
      qualifications: ['Doctorat en médecine, Faculté de médecine de Tunis'],
      experience: [`${years} ans de pratique`],
      languages: n % 3 === 0 ? ['ar', 'fr', 'en'] : ['ar', 'fr'],
      city: cities[n % cities.length],
      licenceNumber: `TN-${1000 + n}`,
      consultationPrice: price,
    },
  });
  // Not everybody has a photo.
  if (n % 6 !== 5) await show(api, 'doctor', n, isWoman, doctor);
  await api.call('POST', `/admin/doctors/${doctor.id}/verify`, { token: admin });
  const modes = n % 3 === 0 ? ['video', 'in-person'] : [of(['video', 'in-person'])];
  const weekly = [1, 2, 3, 4, 5].flatMap((weekday) => [
    { weekday, start: '09:00', end: '12:00', slotMinutes: 30, mode: modes[0], price },
    { weekday, start: '14:00', end: '17:00', slotMinutes: 30, mode: modes.at(-1), price },
  ]);
  await api.call('PUT', '/doctors/me/availability', {
    token: doctor.token,
    body: { timeZone: 'Africa/Tunis', weekly, seasons: n === 0 ? [summer(weekly)] : [], minNoticeMinutes: 60 },
  });
  return { ...doctor, price };
}

/** July and August of this year or the next, when the mornings are longer and the afternoons free. */
function summer<Rule extends { start: string; end: string }>(weekly: readonly Rule[]) {
  const now = new Date();
  const year = now.getUTCFullYear() + (now.getUTCMonth() > 7 ? 1 : 0);
  const mornings = weekly.filter(({ start }) => start < '12:00');
  const hours = mornings.map((rule) => ({ ...rule, start: '08:00', end: '14:00' }));
  return { name: 'Horaires d’été', from: `${year}-07-01`, to: `${year}-08-31`, weekly: hours };
}

async function addPatient(api: DemoClient, n: number): Promise<Account> {
  const isWoman = n % 2 === 0;
  const patient = await register(api, 'patient', n, of(isWoman ? women : men), of(families));
  const birthDate = `${1950 + below(55)}-${String(1 + below(12)).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')}`;
  const phone = `+216${20_000_000 + below(9_999_999)}`;
  await api.call('PUT', '/patients/me', {
    token: patient.token,
    body: { birthDate, gender: isWoman ? 'female' : 'male', phone, bloodGroup: of(['A+', 'O+', 'B+', 'AB+', 'O-']) },
  });
  if (n % 5 < 2) await show(api, 'patient', n, isWoman, patient);
  return patient;
}

async function show(api: DemoClient, role: 'doctor' | 'patient', n: number, isWoman: boolean, account: Account) {
  const isDoctor = role === 'doctor';
  const body = await drawnPortrait(isDoctor ? n : DOCTORS + n, { isWoman, isDoctor });
  const answer = await api.call('PUT', `/${role}s/me/photo`, { token: account.token, body });
  account.photo = (answer.body.photo.url as string).split('/').at(-2)!;
}

/** Visits at different times of the last three months, most of them completed. */
function historyOf(doctor: DemoDoctor, patients: Account[]): DemoVisit[] {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const person = ({ id, firstName, lastName, photo }: Account) => ({
    id,
    firstName,
    lastName,
    ...(photo !== undefined && { photo }),
  });
  return Array.from({ length: PAST_PER_DOCTOR }, (_, n) => {
    // One visit each sixth day or so: no two of a doctor meet. 8:00 UTC is 9:00 in Tunis.
    const day = today - (2 + Math.floor((n * (PAST_DAYS - 4)) / PAST_PER_DOCTOR)) * DAY_MS;
    const startsAt = new Date(day + (8 * 60 + below(6) * 30) * 60_000);
    const endsAt = new Date(startsAt.getTime() + 30 * 60_000);
    const slot = {
      doctorId: doctor.id,
      startsAt,
      endsAt,
      mode: of(['video', 'in-person'] as const),
      price: doctor.price,
      bufferMinutes: 0,
    };
    const outcome = of([
      'completed',
      'completed',
      'completed',
      'completed',
      'completed',
      'completed',
      'missed',
      'cancelled',
      'rejected',
    ] as const);
    return { slot, doctor: person(doctor), patient: person(of(patients)), outcome };
  });
}

/** Three in five are rated, some doctors better than others, and one review in three is answered. */
function ratedOf({ slot, doctor, patient }: DemoVisit, appointmentId: string): RatedVisit {
  const { startsAt, endsAt } = slot;
  const visit = { appointmentId, doctorId: doctor.id, patientId: patient.id, startsAt, endsAt };
  if (below(10) >= 6) return visit;
  const isLiked = doctor.lastName.length % 3 > 0;
  const stars = isLiked ? of([5, 5, 5, 4, 4, 3] as const) : of([5, 4, 4, 3, 2, 1] as const);
  const opinion = { stars, comment: of(comments[stars]) };
  return below(3) === 0 ? { ...visit, opinion, reply: of(replies) } : { ...visit, opinion };
}

/** Books for the next two weeks and accepts most; a patient who is busy then is left out. How many were booked. */
async function bookComing(
  api: DemoClient,
  doctor: DemoDoctor,
  patients: Account[],
  paysWithTestCards: boolean,
): Promise<number> {
  const to = new Date(Date.now() + 14 * DAY_MS).toISOString();
  const { body } = await api.call('GET', `/doctors/${doctor.id}/slots?to=${to}&limit=400`);
  const free = body.items as { id: string }[];
  let booked = 0;
  for (let n = 0; n < COMING_PER_DOCTOR && free.length > 0; n += 1) {
    const [slot] = free.splice(below(free.length), 1);
    const { token } = of(patients);
    const answer = await api.call('POST', '/appointments', {
      token,
      // What the rules of some countries ask for before a visit by video; elsewhere nobody does.
      body: { slotId: slot!.id, examinedBefore: true },
      // 403: this installation has people prove their address first.
      expect: [201, 403, 409],
    });
    if (answer.status !== 201) continue;
    booked += 1;
    if (n % 5 === 0) continue;
    const appointmentId = answer.body.id as string;
    const body = { examinedBefore: true };
    await api.call('POST', `/appointments/${appointmentId}/accept`, { token: doctor.token, body });
    // Some pay in time, some are still to.
    if (paysWithTestCards && n % 5 !== 1) {
      const body = { appointmentId, paymentMethodId: 'pm_card_visa' };
      await api.call('POST', '/payments', { token, body, expect: [201, 409] });
    }
  }
  return booked;
}
