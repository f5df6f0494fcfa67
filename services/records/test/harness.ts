import {
  accountRegisteredV1,
  appointmentAcceptedV1,
  appointmentCancelledV1,
  appointmentCompletedV1,
  type AppointmentData,
  type Contract,
  contracts,
  doctorPublishedV1,
  doctorSuspendedV1,
  topology,
} from '@medflow/contracts';
import { InProcessBus } from '@medflow/messaging';
import type { ServiceConfig } from '@medflow/service-kit';
import {
  type Answer,
  eventually,
  foreignEvent,
  type ForeignEvent,
  type Identified,
  ServiceHarness,
  takesAnything,
  testConfig,
  testDatabase,
} from '@medflow/testing';
import { records } from '../src/index.js';

export const admin: Identified = { id: 'admin-1', role: 'admin' };
export const internally = { 'x-medflow-internal': 'test-internal-token' };

let count = 0;
/** Accounts that no other test knows. */
export const newPatient = (): Identified => ({ id: `patient-${(count += 1)}`, role: 'patient' });
export const newDoctor = (): Identified => ({ id: `doctor-${(count += 1)}`, role: 'doctor' });

export interface Told {
  id: string;
  type: string;
  subject: string;
  sequence: number;
  data: Record<string, unknown>;
}

const DAY_MS = 86_400_000;

/** Records on a real database, with a bus that remembers what was published. */
export class RecordsHarness {
  readonly told = new Map<string, Told>();

  private constructor(
    readonly bus: InProcessBus,
    private readonly busDatabase: Awaited<ReturnType<typeof testDatabase>>,
    readonly service: ServiceHarness,
  ) {}

  static async start(
    overrides: Partial<ServiceConfig> = {},
    upstreams: Record<string, string> = {},
  ): Promise<RecordsHarness> {
    const busDatabase = await testDatabase('bus');
    const bus = new InProcessBus(busDatabase.client.db(), { retryDelays: [10, 10] });
    const service = await ServiceHarness.start(records, { kind: 'in-process', bus }, overrides, upstreams);
    // Nobody else runs here: their queues take what is theirs, lest its delivery never end.
    const others = Object.keys(topology).filter((queue) => !queue.startsWith('records.'));
    for (const queue of others) bus.consume(queue, takesAnything);
    const harness = new RecordsHarness(bus, busDatabase, service);
    const own = contracts.map(({ type }) => type).filter((type) => type.startsWith('records.'));
    bus.subscribe(own, (event) => void harness.told.set(event.id, event as unknown as Told));
    return harness;
  }

  async stop(): Promise<void> {
    await this.service.stop();
    this.bus.close();
    await this.busDatabase.drop();
  }

  /** Another replica of the service on the same database, with other settings. */
  async replica(env: Record<string, string>): Promise<{ url: string; close(): Promise<void> }> {
    const running = await records.create(
      testConfig({
        env: { LOG_LEVEL: 'silent', ...env },
        mongoUri: this.service.database.uri,
        bus: { kind: 'in-process', bus: new InProcessBus(this.busDatabase.client.db()) },
        upstreams: { identity: this.service.identity.url },
      }),
    );
    return { url: `http://127.0.0.1:${running.port}`, close: () => running.close() };
  }

  get database() {
    return this.service.database.client.db();
  }

  collection(name: string) {
    return this.database.collection<{ _id: string } & Record<string, unknown>>(name);
  }

  call(
    method: string,
    path: string,
    as?: Identified,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer> {
    return this.service.call(method, path, { ...(as && { as }), body, ...(headers && { headers }) });
  }

  /** Delivers an event of another service as the bus would; resolves when it was handled or parked. */
  async deliver<T extends object>(
    contract: Contract<T>,
    subject: string,
    data: T,
    given: ForeignEvent = {},
  ): Promise<void> {
    await this.bus.publish(foreignEvent(contract, subject, data, given));
  }

  async registered({ id, role }: Identified, firstName = 'Amira', lastName = 'Ben Salah'): Promise<void> {
    await this.deliver(accountRegisteredV1, id, { accountId: id, role, firstName, lastName, locale: 'fr' });
  }

  /** The doctor may see patients, or may not any more. */
  async practising({ id }: Identified, may = true, sequence = 1): Promise<void> {
    if (!may) return this.deliver(doctorSuspendedV1, id, { doctorId: id, reason: 'refused' }, { sequence });
    const names = { firstName: 'Karim', lastName: 'Trabelsi' };
    const data = { doctorId: id, ...names, specializations: [], city: 'Tunis', timeZone: 'Africa/Tunis' };
    return this.deliver(doctorPublishedV1, id, data, { sequence });
  }

  appointment(doctor: Identified, patient: Identified, daysAgo = 0): AppointmentData {
    const startsAt = Date.now() - daysAgo * DAY_MS;
    return {
      appointmentId: `visit-${(count += 1)}`,
      doctorId: doctor.id,
      patientId: patient.id,
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(startsAt + 1_800_000).toISOString(),
      mode: 'video',
      price: { amount: 60000, currency: 'TND' },
    };
  }

  async accepted(
    doctor: Identified,
    patient: Identified,
    daysAgo = 0,
    mode: AppointmentData['mode'] = 'video',
  ): Promise<AppointmentData> {
    const data = { ...this.appointment(doctor, patient, daysAgo), mode };
    await this.deliver(appointmentAcceptedV1, data.appointmentId, data, { sequence: 2 });
    return data;
  }

  async cancelled(data: AppointmentData): Promise<void> {
    await this.deliver(appointmentCancelledV1, data.appointmentId, { ...data, by: 'patient' }, { sequence: 3 });
  }

  async completed(data: AppointmentData): Promise<void> {
    await this.deliver(appointmentCompletedV1, data.appointmentId, data, { sequence: 3 });
  }

  /** A doctor and a patient in the doctor's care. */
  async inCare(): Promise<{ doctor: Identified; patient: Identified }> {
    const doctor = newDoctor();
    const patient = newPatient();
    await this.registered(patient);
    await this.registered(doctor, 'Karim', 'Trabelsi');
    await this.practising(doctor);
    await this.accepted(doctor, patient);
    return { doctor, patient };
  }

  /** An entry in the patient's record, as its author reads it. */
  async entry(doctor: Identified, patient: Identified, body: object = {}): Promise<Answer['body']> {
    const entry = { kind: 'allergy', label: 'Pénicilline', severity: 'severe', ...body };
    const answer = await this.call('POST', `/patients/${patient.id}/record/entries`, doctor, entry);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  }

  /** What was published about the subject, once there are `atLeast` of them. */
  about(subject: string, atLeast = 1): Promise<Told[]> {
    return eventually(() => {
      const found = [...this.told.values()].filter((event) => event.subject === subject);
      return found.length >= atLeast ? found.sort((a, b) => a.sequence - b.sequence) : undefined;
    });
  }
}
