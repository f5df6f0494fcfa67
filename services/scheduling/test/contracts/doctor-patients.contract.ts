import { beforeAll, expect, it } from '@jest/globals';
import { Appointment } from '../../src/domain/appointment.js';
import type { Appointments } from '../../src/domain/appointments.js';
import { defaultCancellation } from '../../src/domain/cancellation-policy.js';
import { type DoctorPatient, type DoctorPatients, nextVisitOf } from '../../src/domain/doctor-patients.js';
import { searchWords } from '../../src/domain/name-words.js';
import { DAY_MS, minutesAfter, type Person } from '../../src/domain/values.js';

export interface PatientStores {
  appointments: Appointments;
  patients: DoctorPatients;
}

interface Booking {
  doctor: Person;
  patient: Person;
  inDays: number;
  mode?: 'video' | 'in-person';
  payment?: 'after-acceptance' | 'at-booking';
}

const now = new Date();
const price = { amount: 60_000, currency: 'TND' };
let count = 0;
const some = (firstName: string, lastName = 'Gharbi'): Person => ({
  id: `${String((count += 1)).padStart(3, '0')}-${crypto.randomUUID()}`,
  firstName,
  lastName,
});

/** What every store of doctors' patients promises. */
export function doctorPatientsContract(open: () => Promise<PatientStores> | PatientStores): void {
  let appointments: Appointments;
  let patients: DoctorPatients;
  beforeAll(async () => {
    ({ appointments, patients } = await open());
  });

  async function booked({
    doctor,
    patient,
    inDays,
    mode = 'video',
    payment = 'after-acceptance',
  }: Booking): Promise<string> {
    const startsAt = new Date(Math.floor(now.getTime() / DAY_MS + inDays) * DAY_MS + (count += 1) * 3_600_000);
    const period = { startsAt, endsAt: minutesAfter(startsAt, 30) };
    const slot = { doctorId: doctor.id, ...period, mode, price, bufferMinutes: 0 };
    const terms = { payment, autoAccept: false, cancellation: defaultCancellation, holdMinutes: 10 };
    const id = crypto.randomUUID();
    const at = minutesAfter(startsAt, -2 * 1_440);
    await appointments.add(Appointment.book({ id, slot, doctor, patient, reason: null, terms }, at), 0);
    return id;
  }
  const accept = (id: string) =>
    appointments.update(id, (appointment) => appointment.accept(minutesAfter(appointment.state.startsAt, -60)));
  const accepted = async (booking: Booking) => (await accept(await booked(booking))).state.id;
  const complete = (id: string) => appointments.update(id, (visit) => visit.complete(visit.state.startsAt));
  const miss = (id: string) => appointments.update(id, (visit) => visit.miss(visit.state.endsAt));
  async function summedUp(): Promise<void> {
    while (await patients.sumUpSome(now));
  }
  const of = async (doctor: Person, typed = ''): Promise<DoctorPatient[]> => {
    const words = typed === '' ? {} : { words: searchWords(typed) };
    return patients.page(doctor.id, { limit: 20, ...words });
  };
  const names = (found: readonly DoctorPatient[]) => found.map(({ patient }) => patient.firstName);

  it('sums up what became of the appointments of two', async () => {
    const [doctor, patient] = [some('Karim'), some('Amina')];
    const [first, second] = [
      await accepted({ doctor, patient, inDays: -20 }),
      await accepted({ doctor, patient, inDays: -9 }),
    ];
    await complete(first);
    await complete(second);
    await miss(await accepted({ doctor, patient, inDays: -5 }));
    const coming = await booked({ doctor, patient, inDays: 4 });
    await booked({ doctor, patient, inDays: 9 });
    await summedUp();
    const [row, ...others] = await of(doctor);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ patient, visits: 2, noShows: 1, due: [{ amount: 120_000, currency: 'TND' }] });
    expect(row!.lastVisitAt).toEqual((await appointments.one(second)).state.startsAt);
    const { startsAt, endsAt } = (await appointments.one(coming)).state;
    expect(nextVisitOf(row!, now)).toEqual(startsAt);
    expect(nextVisitOf(row!, minutesAfter(endsAt, -1))).toEqual(startsAt);
    expect(nextVisitOf(row!, endsAt)!.getTime()).toBeGreaterThan(endsAt.getTime());
    expect(await patients.find({ doctorId: doctor.id, patientId: patient.id }, now)).toEqual(row);
  });

  it('knows whether the two have met in person', async () => {
    const [doctor, other, patient] = [some('Karim'), some('Leïla'), some('Amina')];
    const pair = { doctorId: doctor.id, patientId: patient.id };
    await complete(await accepted({ doctor, patient, inDays: -20 }));
    await accepted({ doctor, patient, inDays: 3, mode: 'in-person' });
    await miss(await accepted({ doctor, patient, inDays: -4, mode: 'in-person' }));
    await complete(await accepted({ doctor: other, patient, inDays: -9, mode: 'in-person' }));
    expect(await patients.hasExamined(pair)).toBe(false);
    await complete(await accepted({ doctor, patient, inDays: -8, mode: 'in-person' }));
    expect(await patients.hasExamined(pair)).toBe(true);
    expect(await patients.hasExamined({ ...pair, patientId: some('Sami').id })).toBe(false);
  });

  it('follows what is decided later on', async () => {
    const [doctor, patient] = [some('Karim'), some('Amina')];
    const id = await booked({ doctor, patient, inDays: 3 });
    await summedUp();
    expect((await of(doctor))[0]!.due).toEqual([]);
    await appointments.update(id, (appointment) => appointment.accept(now));
    await summedUp();
    expect((await of(doctor))[0]!.due).toEqual([price]);
    await appointments.update(id, (appointment) => void appointment.learnPayment({ status: 'paid', sequence: 1 }, now));
    await summedUp();
    expect((await of(doctor))[0]!.due).toEqual([]);
    await appointments.update(id, (appointment) => appointment.cancel('patient', null, now));
    await summedUp();
    const [row] = await of(doctor);
    expect([row!.visits, nextVisitOf(row!, now)]).toEqual([0, undefined]);
  });

  it('knows nobody who merely held a slot until that is paid', async () => {
    const [doctor, patient] = [some('Karim'), some('Amina')];
    const id = await booked({ doctor, patient, inDays: 3, payment: 'at-booking' });
    await summedUp();
    const pair = { doctorId: doctor.id, patientId: patient.id };
    expect([await of(doctor), await patients.find(pair, now)]).toEqual([[], undefined]);
    await appointments.update(id, (hold) => void hold.learnPayment({ status: 'authorised', sequence: 1 }, now));
    await summedUp();
    expect(names(await of(doctor))).toEqual(['Amina']);
    expect(await patients.find(pair, now)).toBeDefined();
  });

  it('shows nobody to another doctor', async () => {
    const [doctor, other, patient] = [some('Karim'), some('Leïla'), some('Amina')];
    await booked({ doctor, patient, inDays: 3 });
    await booked({ doctor: other, patient: some('Youssef'), inDays: 3 });
    await summedUp();
    expect(names(await of(doctor))).toEqual(['Amina']);
    expect(await patients.find({ doctorId: other.id, patientId: patient.id }, now)).toBeUndefined();
  });

  it('finds by the beginnings of the words of a name, whatever case, accents and script', async () => {
    const doctor = some('Karim');
    const named = [
      ['Hélène', 'Ben Salah'],
      ['Amina', 'Ben Amor'],
      ['أمينة', 'العمري'],
    ] as const;
    for (const [firstName, lastName] of named) await booked({ doctor, patient: some(firstName, lastName), inDays: 3 });
    await summedUp();
    expect(names(await of(doctor, 'helen'))).toEqual(['Hélène']);
    expect(names(await of(doctor, 'b'))).toEqual(['Amina', 'Hélène']);
    expect(names(await of(doctor, 'BEN a'))).toEqual(['Amina']);
    expect(names(await of(doctor, 'bensal'))).toEqual(['Hélène']);
    expect(names(await of(doctor, 'امينه عمري'))).toEqual(['أمينة']);
    expect(names(await of(doctor, 'mina'))).toEqual([]);
  });

  it.each(['', 'g', 'ghar'])('goes through all of them once, the latest first, looking for « %s »', async (typed) => {
    const doctor = some('Karim');
    for (let n = 0; n < 7; n += 1) await booked({ doctor, patient: some(`P${n}`), inDays: 3 - 40 * n });
    await summedUp();
    const words = typed === '' ? {} : { words: searchWords(typed) };
    const seen: string[] = [];
    for (let last: DoctorPatient | undefined; ;) {
      const after = last && { after: { latestAt: last.latestAt, patientId: last.patient.id } };
      const page = await patients.page(doctor.id, { limit: 3, ...words, ...after });
      seen.push(...names(page.slice(0, 3)));
      if (page.length <= 3) break;
      last = page[2];
    }
    expect(seen).toEqual(['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'P6']);
  });

  it('loses no change of those that come while others are summed up', async () => {
    const [doctor, patient] = [some('Karim'), some('Amina')];
    const ids: string[] = [];
    for (let n = 0; n < 8; n += 1) ids.push(await accepted({ doctor, patient, inDays: -40 + 3 * n }));
    let isOver = false;
    const summing = [1, 2].map(async () => {
      while (!isOver) await patients.sumUpSome(now);
    });
    await Promise.all(ids.map((id, n) => (n % 2 === 0 ? complete(id) : miss(id))));
    isOver = true;
    await Promise.all(summing);
    await summedUp();
    expect(await of(doctor)).toMatchObject([{ visits: 4, noShows: 4 }]);
  }, 60_000);
}
