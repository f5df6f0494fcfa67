import { type Contract, topology } from '@medflow/contracts';
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
import { profiles } from '../src/index.js';

export const admin: Identified = { id: 'admin-1', role: 'admin' };

let count = 0;
export const newPatient = (): Identified => ({ id: `patient-${(count += 1)}`, role: 'patient' });
export const newDoctor = (names: { firstName?: string; lastName?: string } = {}): Identified => ({
  id: `doctor-${String((count += 1)).padStart(4, '0')}`,
  role: 'doctor',
  firstName: 'Karim',
  lastName: 'Trabelsi',
  ...names,
});

/** A doctor's profile that lacks nothing. */
export const completeProfile = {
  gender: 'male',
  biography: 'Cardiologue depuis vingt ans.',
  specializations: ['cardiology'],
  qualifications: ['Faculté de médecine de Tunis'],
  experience: ['Hôpital Charles Nicolle'],
  languages: ['ar', 'fr'],
  city: 'Tunis',
  address: '1, avenue Habib Bourguiba',
  licenceNumber: 'TN-12345',
  consultationPrice: { amount: 60000, currency: 'TND' },
};

export interface Told {
  id: string;
  type: string;
  subject: string;
  sequence: number;
  data: Record<string, unknown>;
}

/** Profiles on a real database, with a bus that remembers what was published. */
export class ProfilesHarness {
  readonly told: Told[] = [];

  private constructor(
    private readonly bus: InProcessBus,
    private readonly busDatabase: Awaited<ReturnType<typeof testDatabase>>,
    readonly service: ServiceHarness,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<ProfilesHarness> {
    const busDatabase = await testDatabase('bus');
    const bus = new InProcessBus(busDatabase.client.db(), { retryDelays: [10, 100, 1_000] });
    const service = await ServiceHarness.start(
      profiles,
      { kind: 'in-process', bus },
      { env: { LOG_LEVEL: 'silent', ...env } },
    );
    // Nobody else runs here: their queues take what is theirs, lest its delivery never end.
    const others = Object.keys(topology).filter((queue) => !queue.startsWith('profiles.'));
    for (const queue of others) bus.consume(queue, takesAnything);
    const harness = new ProfilesHarness(bus, busDatabase, service);
    bus.subscribe(Object.values(topology).flat(), (event) => void harness.told.push(event as Told));
    return harness;
  }

  /** A second process of the service on the same database; it takes no events. */
  async replica(): Promise<{ url: string; close(): Promise<void> }> {
    const bus = new InProcessBus(this.busDatabase.client.db());
    const running = await profiles.create(
      testConfig({
        mongoUri: this.service.database.uri,
        bus: { kind: 'in-process', bus },
        upstreams: { identity: this.service.identity.url },
      }),
    );
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

  call(
    method: string,
    path: string,
    as?: Identified,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer> {
    return this.service.call(method, path, { ...(as && { as }), body, ...(headers && { headers }) });
  }

  /** Delivers an event of another service; resolves when profiles has handled it, or keeps it for another attempt. */
  async deliver<T extends object>(
    contract: Contract<T>,
    subject: string,
    sequence: number,
    data: T,
    id: string = crypto.randomUUID(),
  ): Promise<void> {
    await this.bus.publish(foreignEvent(contract, subject, data, { id, sequence }));
  }

  /** What was published about somebody, in order, once there are at least `atLeast` events. */
  about(subject: string, atLeast: number): Promise<Told[]> {
    return eventually(() => {
      const events = this.told.filter((event) => event.subject === subject && event.type.startsWith('profiles.'));
      return events.length >= atLeast ? [...new Map(events.map((event) => [event.id, event])).values()] : undefined;
    });
  }

  /** A doctor in the directory. */
  async publish(names: { firstName?: string; lastName?: string } = {}, details: object = {}): Promise<Identified> {
    const doctor = newDoctor(names);
    const put = await this.call('PUT', '/doctors/me', doctor, { ...completeProfile, ...details });
    const verified = await this.call('POST', `/admin/doctors/${doctor.id}/verify`, admin);
    if (put.status !== 200 || verified.body.published !== true)
      throw new Error(JSON.stringify([put.body, verified.body]));
    return doctor;
  }

  /** Ids of all pages, at most 20 of them. */
  async search(parameters: Record<string, string | number>): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | null = null;
    for (let pages = 0; pages < 20; pages += 1) {
      const query = new URLSearchParams({ ...parameters, ...(cursor !== null && { cursor }) } as Record<
        string,
        string
      >);
      const { status, body } = await this.call('GET', `/doctors?${query}`);
      if (status !== 200) throw new Error(JSON.stringify(body));
      ids.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
      if (cursor === null) return ids;
    }
    throw new Error('the pages have no end');
  }
}
