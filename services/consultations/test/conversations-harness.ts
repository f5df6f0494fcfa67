import {
  accountRegisteredV1,
  appointmentAcceptedV1,
  appointmentCancelledV1,
  contracts,
  doctorPublishedV1,
  doctorSuspendedV1,
  topology,
} from '@medflow/contracts';
import { InProcessBus } from '@medflow/messaging';
import { createApplication } from '@medflow/service-kit';
import {
  type Answer,
  eventually,
  foreignEvent,
  type Identified,
  ServiceHarness,
  takesAnything,
  testConfig,
  testDatabase,
} from '@medflow/testing';
import { consultations } from '../src/index.js';

export const internally = { 'x-medflow-internal': 'test-internal-token' };
export const DAY_MS = 86_400_000;

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

export interface Pair {
  doctor: Identified;
  patient: Identified;
  appointmentId: string;
}

/** Consultations on a real database, with a bus that remembers what was published. */
export class ConversationsHarness {
  readonly told: Told[] = [];

  private constructor(
    readonly bus: InProcessBus,
    private readonly busDatabase: Awaited<ReturnType<typeof testDatabase>>,
    readonly service: ServiceHarness,
  ) {}

  static async start(): Promise<ConversationsHarness> {
    const busDatabase = await testDatabase('bus');
    const bus = new InProcessBus(busDatabase.client.db(), { retryDelays: [10, 10] });
    const service = await ServiceHarness.start(consultations, { kind: 'in-process', bus });
    // Nobody else runs here: their queues take what is theirs, lest its delivery never end.
    const others = Object.keys(topology).filter((queue) => !queue.startsWith('consultations.'));
    for (const queue of others) bus.consume(queue, takesAnything);
    const harness = new ConversationsHarness(bus, busDatabase, service);
    const own = contracts.map(({ type }) => type).filter((type) => type.startsWith('consultations.'));
    bus.subscribe(own, (event) => void harness.told.push(event as unknown as Told));
    return harness;
  }

  async stop(): Promise<void> {
    await this.service.stop();
    this.bus.close();
    await this.busDatabase.drop();
  }

  /** The same service beside it, on the same data: for what a test asks of its parts. */
  async beside() {
    const bus = new InProcessBus(this.busDatabase.client.db());
    const config = testConfig({ mongoUri: this.service.database.uri, bus: { kind: 'in-process', bus } });
    const app = await createApplication(consultations.options, config);
    await app.init();
    return {
      app,
      close: async () => {
        await app.close();
        bus.close();
      },
    };
  }

  collection(name: string) {
    return this.service.database.client.db().collection<{ _id: string } & Record<string, unknown>>(name);
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

  async sendForm(path: string, as: Identified, form: FormData, headers: Record<string, string> = {}): Promise<Answer> {
    const authorization = `Bearer ${await this.service.identity.token(as)}`;
    const response = await fetch(this.service.url + path, {
      method: 'POST',
      headers: { authorization, ...headers },
      body: form,
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  async getFile(path: string, as: Identified): Promise<{ response: Response; content: Buffer }> {
    const authorization = `Bearer ${await this.service.identity.token(as)}`;
    const response = await fetch(this.service.url + path.replace('/api/v1', ''), { headers: { authorization } });
    return { response, content: Buffer.from(await response.arrayBuffer()) };
  }

  async published({ id: doctorId }: Identified, sequence = 1): Promise<void> {
    const names = { firstName: 'Karim', lastName: 'Trabelsi' };
    const data = { doctorId, ...names, specializations: [], city: 'Tunis', timeZone: 'Africa/Tunis' };
    await this.bus.publish(foreignEvent(doctorPublishedV1, doctorId, data, { sequence }));
  }

  async suspended({ id: doctorId }: Identified, sequence = 2): Promise<void> {
    const data = { doctorId, reason: 'account-suspended' as const };
    await this.bus.publish(foreignEvent(doctorSuspendedV1, doctorId, data, { sequence }));
  }

  async named({ id, role }: Identified, firstName: string, lastName: string): Promise<void> {
    const data = { accountId: id, role, firstName, lastName, locale: 'fr' as const };
    await this.bus.publish(foreignEvent(accountRegisteredV1, id, data));
  }

  /** A doctor who has taken a patient's appointment, `daysAgo` in the past. */
  async care(given: Partial<Pair> = {}, daysAgo = 0): Promise<Pair> {
    const { doctor = newDoctor(), patient = newPatient(), appointmentId = crypto.randomUUID() } = given;
    await this.published(doctor);
    await this.bus.publish(
      foreignEvent(appointmentAcceptedV1, appointmentId, this.appointment(doctor, patient, appointmentId, daysAgo), {
        sequence: 2,
      }),
    );
    return { doctor, patient, appointmentId };
  }

  /** The only appointment of the two is called off: the care ends. */
  async ended({ doctor, patient, appointmentId }: Pair): Promise<void> {
    const data = { ...this.appointment(doctor, patient, appointmentId, 0), by: 'patient' as const };
    await this.bus.publish(foreignEvent(appointmentCancelledV1, appointmentId, data, { sequence: 3 }));
  }

  private appointment(doctor: Identified, patient: Identified, appointmentId: string, daysAgo: number) {
    const start = Date.now() - daysAgo * DAY_MS;
    return {
      appointmentId,
      doctorId: doctor.id,
      patientId: patient.id,
      startsAt: new Date(start).toISOString(),
      endsAt: new Date(start + 1_800_000).toISOString(),
      mode: 'video' as const,
      price: { amount: 60000, currency: 'TND' },
    };
  }

  /** A conversation that the patient has opened. */
  async conversation(given: Partial<Pair> = {}): Promise<Pair & { id: string }> {
    const pair = await this.care(given);
    const { status, body } = await this.call('POST', '/conversations', pair.patient, { doctorId: pair.doctor.id });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return { ...pair, id: body.id };
  }

  async write(id: string, as: Identified, text: string, key?: string): Promise<Answer> {
    return this.call('POST', `/conversations/${id}/messages`, as, { text }, key ? { 'idempotency-key': key } : {});
  }

  async messages(id: string, as: Identified, query = ''): Promise<Answer['body']> {
    const { status, body } = await this.call('GET', `/conversations/${id}/messages${query}`, as);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body;
  }

  /** What was published about the subject, by type without service and version, once there are `atLeast` of them. */
  async about(subject: string, atLeast: number): Promise<[name: string, sequence: number, data: Told['data']][]> {
    const events = await eventually(() => {
      const found = this.told.filter((event) => event.subject === subject);
      return found.length >= atLeast ? found : undefined;
    });
    return events.map(({ type, sequence, data }) => [type.split('.')[1]!, sequence, data]);
  }
}
