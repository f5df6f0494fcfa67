import {
  accountRegisteredV1,
  appointmentCompletedV1,
  availabilityPlannedV1,
  type AppointmentData,
  type Contract,
  contracts,
  doctorPublishedV1,
  topology,
} from '@medflow/contracts';
import { InProcessBus } from '@medflow/messaging';
import { createApplication, OwnedIds } from '@medflow/service-kit';
import {
  type Answer,
  eventually,
  foreignEvent,
  type ForeignEvent,
  type Identified,
  ServiceHarness,
  testConfig,
  testDatabase,
  takesAnything,
} from '@medflow/testing';
import { InviteToRateHandler } from '../src/application/invite-to-rate.js';
import { feedback } from '../src/index.js';

export const admin: Identified = { id: 'admin-1', role: 'admin' };

/** As scheduling makes them in this installation. */
export const ids = new OwnedIds({ internalToken: 'test-internal-token' });

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

export const internally = { 'x-medflow-internal': 'test-internal-token' };

/** Feedback on a real database, with a bus that remembers what was published. */
export class FeedbackHarness {
  private readonly told = new Map<string, Told>();

  private constructor(
    readonly bus: InProcessBus,
    private readonly busDatabase: Awaited<ReturnType<typeof testDatabase>>,
    readonly service: ServiceHarness,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<FeedbackHarness> {
    const busDatabase = await testDatabase('bus');
    const bus = new InProcessBus(busDatabase.client.db(), { retryDelays: [10, 10] });
    const service = await ServiceHarness.start(
      feedback,
      { kind: 'in-process', bus },
      { env: { LOG_LEVEL: 'silent', ...env } },
    );
    // Nobody else runs here: their queues take what is theirs, lest its delivery never end.
    const others = Object.keys(topology).filter((queue) => !queue.startsWith('feedback.'));
    for (const queue of others) bus.consume(queue, takesAnything);
    const harness = new FeedbackHarness(bus, busDatabase, service);
    const own = contracts.map(({ type }) => type).filter((type) => type.startsWith('feedback.'));
    bus.subscribe(own, (event) => void harness.told.set(event.id, event as unknown as Told));
    return harness;
  }

  async stop(): Promise<void> {
    await this.service.stop();
    this.bus.close();
    await this.busDatabase.drop();
  }

  /** The invitation job of another process of the service on the same database. */
  async inviter(): Promise<{ execute(): Promise<number>; close(): Promise<void> }> {
    const bus = new InProcessBus(this.busDatabase.client.db());
    const app = await createApplication(
      feedback.options,
      testConfig({ mongoUri: this.service.database.uri, bus: { kind: 'in-process', bus } }),
    );
    await app.init();
    const close = async () => {
      await app.close();
      bus.close();
    };
    return { execute: () => app.get(InviteToRateHandler).execute(), close };
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

  /** Delivers an event of another service as the bus would; resolves when feedback has handled or parked it. */
  async deliver<T extends object>(
    contract: Contract<T>,
    subject: string,
    data: T,
    given: ForeignEvent = {},
  ): Promise<string> {
    const event = foreignEvent(contract, subject, data, given);
    await this.bus.publish(event);
    return event.id;
  }

  appointment(doctor: Identified, patient: Identified, more: Partial<AppointmentData> = {}): AppointmentData {
    return {
      appointmentId: ids.next(patient.id),
      doctorId: doctor.id,
      patientId: patient.id,
      startsAt: '2026-11-20T08:00:00.000Z',
      endsAt: '2026-11-20T08:30:00.000Z',
      mode: 'video',
      price: { amount: 60000, currency: 'TND' },
      ...more,
    };
  }

  /** A visit that took place; its id. */
  async visit(
    doctor: Identified,
    patient: Identified,
    more: Partial<AppointmentData> = {},
    told: { time?: Date; replayed?: boolean } = {},
  ): Promise<string> {
    const data = this.appointment(doctor, patient, more);
    await this.deliver(appointmentCompletedV1, data.appointmentId, data, { sequence: 3, ...told });
    return data.appointmentId;
  }

  /** A review of a new visit, as its patient reads it. */
  async review(
    doctor: Identified,
    patient: Identified,
    opinion: { stars?: number; comment?: string | null } = {},
  ): Promise<Answer['body']> {
    const appointmentId = await this.visit(doctor, patient);
    const { status, body } = await this.call('POST', '/feedback', patient, { appointmentId, stars: 5, ...opinion });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body;
  }

  registered({ id, role }: Identified, firstName: string, lastName: string): Promise<string> {
    return this.deliver(accountRegisteredV1, id, { accountId: id, role, firstName, lastName, locale: 'fr' });
  }

  published({ id }: Identified, sequence: number, firstName: string, timeZone = 'Africa/Tunis'): Promise<string> {
    const data = { doctorId: id, firstName, lastName: 'Trabelsi', specializations: [], city: 'Tunis', timeZone };
    return this.deliver(doctorPublishedV1, id, data, { sequence });
  }

  planned({ id: doctorId }: Identified, sequence: number, timeZone: string): Promise<string> {
    return this.deliver(availabilityPlannedV1, doctorId, { doctorId, timeZone }, { sequence });
  }

  /** What was published about the subject, by type without service and version, once there are `atLeast` of them. */
  async about(subject: string, atLeast: number): Promise<[name: string, sequence: number, data: Told['data']][]> {
    const events = await eventually(() => {
      const found = [...this.told.values()].filter((event) => event.subject === subject);
      return found.length >= atLeast ? found : undefined;
    });
    return events
      .sort((a, b) => a.sequence - b.sequence)
      .map(({ type, sequence, data }) => [type.split('.')[1]!, sequence, data]);
  }
}
