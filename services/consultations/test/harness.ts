import {
  accountRegisteredV1,
  appointmentAcceptedV1,
  appointmentCancelledV1,
  type AppointmentData,
  type Contract,
  contracts,
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
  testDatabase,
} from '@medflow/testing';
import { consultations } from '../src/index.js';

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

const MINUTE_MS = 60_000;

export interface TestVisit {
  id: string;
  doctor: Identified;
  patient: Identified;
  data: AppointmentData;
}

/** Visits on a real database, with a bus that remembers what was published. */
export class VisitsHarness {
  readonly told: Told[] = [];

  private constructor(
    readonly bus: InProcessBus,
    private readonly busDatabase: Awaited<ReturnType<typeof testDatabase>>,
    readonly service: ServiceHarness,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<VisitsHarness> {
    const busDatabase = await testDatabase('bus');
    const bus = new InProcessBus(busDatabase.client.db(), { retryDelays: [10, 10] });
    const overrides: Partial<ServiceConfig> = {
      env: { LOG_LEVEL: 'silent', PUBLIC_URL: 'https://medflow.test/', ...env },
    };
    const service = await ServiceHarness.start(consultations, { kind: 'in-process', bus }, overrides);
    // Nobody else runs here: their queues take what is theirs, lest its delivery never end.
    const others = Object.keys(topology).filter((queue) => !queue.startsWith('consultations.'));
    for (const queue of others) bus.consume(queue, takesAnything);
    const harness = new VisitsHarness(bus, busDatabase, service);
    const own = contracts.map(({ type }) => type).filter((type) => type.startsWith('consultations.'));
    bus.subscribe(own, (event) => void harness.told.push(event as unknown as Told));
    return harness;
  }

  async stop(): Promise<void> {
    await this.service.stop();
    this.bus.close();
    await this.busDatabase.drop();
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

  /** A step of a visit, or its state where none is named. */
  async step(visit: TestVisit, as: Identified, step = '', body?: object): Promise<Answer> {
    const method = step === '' ? 'GET' : step === 'message' ? 'PUT' : 'POST';
    return this.call(
      method,
      `/consultations/${visit.id}${step && `/${step}`}`,
      as,
      method === 'GET' ? undefined : (body ?? {}),
    );
  }

  async deliver<T extends object>(contract: Contract<T>, subject: string, data: T, given: ForeignEvent = {}) {
    await this.bus.publish(foreignEvent(contract, subject, data, given));
  }

  /** An accepted visit by video that begins in so many minutes. */
  async visit(
    inMinutes = 5,
    { doctor = newDoctor(), ...more }: Partial<AppointmentData> & { doctor?: Identified } = {},
  ): Promise<TestVisit> {
    const patient = newPatient();
    const startsAt = Date.now() + inMinutes * MINUTE_MS;
    const data: AppointmentData = {
      appointmentId: `visit-${(count += 1)}`,
      doctorId: doctor.id,
      patientId: patient.id,
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(startsAt + 30 * MINUTE_MS).toISOString(),
      mode: 'video',
      price: { amount: 60000, currency: 'TND' },
      ...more,
    };
    await this.named(doctor, 'Karim', 'Trabelsi');
    await this.named(patient, 'Amira', 'Ben Salah');
    await this.deliver(appointmentAcceptedV1, data.appointmentId, data, { sequence: 2 });
    return { id: data.appointmentId, doctor, patient, data };
  }

  async cancelled({ id, data }: TestVisit): Promise<void> {
    await this.deliver(appointmentCancelledV1, id, { ...data, by: 'patient' }, { sequence: 3 });
  }

  /** One whose patient has agreed and waits at the door. */
  async waiting(inMinutes?: number, more?: Parameters<VisitsHarness['visit']>[1]): Promise<TestVisit> {
    const visit = await this.visit(inMinutes, more);
    await this.agreed(visit);
    const { status, body } = await this.step(visit, visit.patient, 'join', { device: 'phone' });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return visit;
  }

  /** One in which both are. */
  async live(inMinutes?: number, more?: Parameters<VisitsHarness['visit']>[1]): Promise<TestVisit> {
    const visit = await this.waiting(inMinutes, more);
    await this.step(visit, visit.doctor, 'join', { device: 'desk' });
    await this.step(visit, visit.doctor, 'admit');
    return visit;
  }

  async agreed({ id, patient }: TestVisit): Promise<void> {
    const { body } = await this.call('GET', `/consultations/${id}`, patient);
    await this.call('POST', `/consultations/${id}/consent`, patient, { version: body.consent.version });
  }

  /** What was told of the visit, of that type. */
  of(visit: TestVisit, name: string, atLeast = 1): Promise<Told[]> {
    return eventually(() => {
      const found = this.told.filter(
        ({ subject, type }) => subject === visit.id && type === `consultations.${name}.v1`,
      );
      return found.length >= atLeast ? found : undefined;
    });
  }

  private async named({ id, role }: Identified, firstName: string, lastName: string): Promise<void> {
    await this.deliver(accountRegisteredV1, id, { accountId: id, role, firstName, lastName, locale: 'fr' });
  }
}
