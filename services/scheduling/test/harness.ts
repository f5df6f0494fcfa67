import {
  type Contract,
  contracts,
  doctorPublishedV1,
  paymentAuthorisedV1,
  paymentCapturedV1,
  type PaymentData,
  topology,
} from '@medflow/contracts';
import { InProcessBus } from '@medflow/messaging';
import {
  type Answer,
  eventually,
  foreignEvent,
  type Identified,
  ServiceHarness,
  testConfig,
  testDatabase,
  takesAnything,
} from '@medflow/testing';
import { scheduling } from '../src/index.js';

export const price = { amount: 60_000, currency: 'TND' };
let count = 0;
/** A name that no other test has. */
export const next = (name: string): string => `${name}-${(count += 1)}`;
export const newPatient = (): Identified => ({
  id: next('patient'),
  role: 'patient',
  firstName: 'Amina',
  lastName: 'Ben Salah',
});

export const newDoctor = (): Identified => ({ id: next('doctor'), role: 'doctor' });

/** The plan of a doctor who asks first, and sees patients at once. */
export const asksFirst = { payment: 'after-acceptance', minNoticeMinutes: 0 };

/** A slot that a patient holds. */
export interface Held {
  id: string;
  slotId: string;
  patient: Identified;
  doctor: Identified;
}

const appointmentTypes = contracts.map(({ type }) => type).filter((type) => type.startsWith('scheduling.appointment'));

/** Scheduling on a real database, with a bus to which billing's words are given. */
export class SchedulingHarness {
  private readonly heard = new Set<string>();
  /** What the service told, by appointment, as `appointment-held`. */
  readonly told = new Map<string, string[]>();
  /** The last event of each appointment. */
  readonly last = new Map<string, Record<string, unknown>>();

  private constructor(
    readonly bus: InProcessBus,
    private readonly busDatabase: Awaited<ReturnType<typeof testDatabase>>,
    readonly service: ServiceHarness,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<SchedulingHarness> {
    const busDatabase = await testDatabase('bus');
    const bus = new InProcessBus(busDatabase.client.db(), { retryDelays: [50, 50] });
    const service = await ServiceHarness.start(
      scheduling,
      { kind: 'in-process', bus },
      { env: { LOG_LEVEL: 'silent', ...env } },
    );
    const harness = new SchedulingHarness(bus, busDatabase, service);
    harness.listenTo(bus);
    return harness;
  }

  /** A second process of the service on the same database; it takes no events of this bus. */
  async replica(): Promise<{ url: string; close(): Promise<void> }> {
    const bus = new InProcessBus(this.busDatabase.client.db());
    const running = await scheduling.create(
      testConfig({
        mongoUri: this.service.database.uri,
        bus: { kind: 'in-process', bus },
        upstreams: { identity: this.service.identity.url },
      }),
    );
    this.listenTo(bus);
    const close = async () => {
      await running.close();
      bus.close();
    };
    return { url: `http://127.0.0.1:${running.port}`, close };
  }

  async stop(): Promise<void> {
    await this.service.stop();
    this.bus.close();
    await this.busDatabase.drop();
  }

  /** Resolves when the service has handled or parked it. */
  async deliver(contract: Contract, subject: string, data: object, sequence: number, id: string = crypto.randomUUID()) {
    await this.bus.publish(foreignEvent(contract, subject, data, { id, sequence }));
  }

  /** Who is paid at booking, unless the plan says otherwise. */
  async publishedDoctor(plan: object = {}): Promise<Identified> {
    const doctor = newDoctor();
    const profile = {
      firstName: 'Karim',
      lastName: 'Trabelsi',
      specializations: [],
      city: 'Tunis',
      timeZone: 'Africa/Tunis',
    };
    await this.deliver(doctorPublishedV1, doctor.id, { doctorId: doctor.id, ...profile }, 1);
    const hours = { start: '08:00', end: '12:00', slotMinutes: 30, mode: 'video', price };
    const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ...hours }));
    // A day ahead, so that no hold is cut short by the visit itself.
    const body = { timeZone: 'Africa/Tunis', weekly, minNoticeMinutes: 24 * 60, payment: 'at-booking', ...plan };
    const { status } = await this.service.call('PUT', '/doctors/me/availability', { as: doctor, body });
    if (status !== 200) throw new Error(`the availability was answered ${status}`);
    return doctor;
  }

  /** The first page: a week and a half of the usual hours. */
  async slotsOf(doctor: Identified): Promise<{ id: string; startsAt: string; endsAt: string; mode: string }[]> {
    return (await this.service.call('GET', `/doctors/${doctor.id}/slots`)).body.items;
  }

  book(as: Identified, slotId: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.service.call('POST', '/appointments', { as, body: { slotId }, headers });
  }

  async held(doctor: Identified, as = newPatient(), at = 0): Promise<Held> {
    const slot = (await this.slotsOf(doctor))[at]!;
    const { status, body } = await this.book(as, slot.id);
    if (status !== 201 || body.status !== 'held') throw new Error(`not held: ${status} ${JSON.stringify(body)}`);
    return { id: body.id as string, slotId: slot.id, patient: as, doctor };
  }

  /** The hold's end has come, and nobody has looked at it yet. */
  async lapse(...holds: Held[]): Promise<void> {
    const ids = holds.map(({ id }) => id);
    const change = { $set: { holdUntil: new Date(Date.now() - 60_000) } };
    await this.collection('claims').updateMany({ appointmentId: { $in: ids } }, change);
    await this.collection('appointments').updateMany({ _id: { $in: ids }, status: 'held' }, change);
  }

  paymentOf({ id, patient, doctor }: Held): PaymentData {
    return { paymentId: `pay-${id}`, appointmentId: id, patientId: patient.id, doctorId: doctor.id, amount: price };
  }

  authorise(hold: Held, at = 1, eventId?: string): Promise<void> {
    return this.deliver(paymentAuthorisedV1, `pay-${hold.id}`, this.paymentOf(hold), at, eventId);
  }

  capture(hold: Held, at = 2): Promise<void> {
    const data = { ...this.paymentOf(hold), receiptNumber: '2026-000001' };
    return this.deliver(paymentCapturedV1, `pay-${hold.id}`, data, at);
  }

  async read(as: Identified, id: string): Promise<Answer['body']> {
    return (await this.service.call('GET', `/appointments/${id}`, { as })).body;
  }

  /** Resolves when the appointment is in that status for its patient. */
  async standing({ patient, id }: Held, status: string, timeoutMs = 15_000): Promise<void> {
    await eventually(async () => (await this.read(patient, id)).status === status, { timeoutMs });
  }

  step(as: Identified, { id }: Held, step: string, body: object = {}): Promise<Answer> {
    return this.service.call('POST', `/appointments/${id}/${step}`, { as, body });
  }

  /** What was told of it with that fact, once it is the latest: news follows what it is about. */
  async toldLast({ id }: Held, fact: string): Promise<Record<string, unknown>> {
    await eventually(() => this.told.get(id)?.at(-1) === `appointment-${fact}`);
    return this.last.get(id)!;
  }

  claimsOf(id: string) {
    return this.collection('claims').find({ appointmentId: id }).toArray();
  }

  collection(name: string) {
    return this.service.database.client.db().collection<{ _id: string }>(name);
  }

  /** Nobody else runs here: their queues take what is theirs, lest its delivery never end. */
  private listenTo(bus: InProcessBus): void {
    for (const queue of Object.keys(topology).filter((name) => !name.startsWith('scheduling.')))
      bus.consume(queue, takesAnything);
    bus.subscribe(appointmentTypes, ({ id, type, subject, data }) => {
      // The same event may come again, as consumers know; another one about the same would not be the same.
      if (this.heard.has(id)) return;
      this.heard.add(id);
      this.told.set(subject, [...(this.told.get(subject) ?? []), type.split('.')[1]!]);
      this.last.set(subject, data as Record<string, unknown>);
    });
  }
}
