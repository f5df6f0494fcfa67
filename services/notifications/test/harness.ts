import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AppointmentData,
  accountRegisteredV1,
  type Contract,
  doctorPublishedV1,
  notificationCreatedV1,
  patientProfileUpdatedV1,
  topology,
} from '@medflow/contracts';
import { InProcessBus } from '@medflow/messaging';
import {
  type Answer,
  foreignEvent,
  type ForeignEvent,
  type Identified,
  ServiceHarness,
  testConfig,
  testDatabase,
  takesAnything,
} from '@medflow/testing';
import { notifications } from '../src/index.js';

let count = 0;
/** Accounts that no other test knows. */
export const newPatient = (): Identified => ({ id: `patient-${(count += 1)}`, role: 'patient' });
export const newDoctor = (): Identified => ({ id: `doctor-${(count += 1)}`, role: 'doctor' });

export interface Contact {
  email: string;
  emailVerified: boolean;
  locale: 'fr' | 'en' | 'ar';
  firstName: string;
  lastName: string;
}

/** Identity as notifications sees it: the keys of the harness, and contacts that a test sets; down when told so. */
class ContactsServer {
  readonly asked: string[] = [];
  down = false;
  /** By letter: what its link carries; a letter that is not here has none any more. */
  readonly tokens = new Map<string, string>();
  private readonly known = new Map<string, Contact>();
  keysUrl = '';

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ContactsServer> {
    const server = createServer();
    const contacts = new ContactsServer(server);
    server.on('request', (request, response) => {
      void text(request)
        .then((body) => contacts.answer(request.url ?? '', String(request.headers['x-medflow-internal']), body))
        .then(([status, body]) => response.writeHead(status, { 'content-type': 'application/json' }).end(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return contacts;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  set(id: string, contact: Partial<Contact> = {}): void {
    this.known.set(id, {
      email: `${id}@example.tn`,
      emailVerified: true,
      locale: 'fr',
      firstName: 'Amina',
      lastName: 'Ben Salah',
      ...contact,
    });
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(path: string, secret: string, body: string): Promise<[number, string]> {
    const letterId = /^\/internal\/letters\/([^/]+)\/write$/.exec(path)?.[1];
    const id = /^\/internal\/accounts\/([^/]+)\/contact$/.exec(path)?.[1] ?? (letterId && JSON.parse(body).accountId);
    if (!id) return [200, await (await fetch(this.keysUrl + path)).text()];
    this.asked.push(id);
    if (this.down) return [503, '{}'];
    if (secret !== 'test-internal-token') return [401, '{}'];
    const contact = this.known.get(decodeURIComponent(id));
    const token = letterId === undefined ? undefined : this.tokens.get(letterId);
    if (!contact || (letterId !== undefined && token === undefined)) return [404, '{}'];
    return [200, JSON.stringify({ ...contact, ...(token !== undefined && { token }) })];
  }
}

/** Notifications on a real database, with a bus to which other services' events are given. */
export class NotificationsHarness {
  readonly live: { id: string; data: Record<string, unknown> }[] = [];

  private constructor(
    readonly bus: InProcessBus,
    private readonly busDatabase: Awaited<ReturnType<typeof testDatabase>>,
    readonly contacts: ContactsServer,
    readonly service: ServiceHarness,
    readonly home: string,
  ) {}

  /** Without `SMTP_URL`, letters go to the mailbox under `home`. */
  static async start(
    env: Record<string, string> = {},
    upstreams: Record<string, string> = {},
  ): Promise<NotificationsHarness> {
    const busDatabase = await testDatabase('bus');
    const home = await mkdtemp(join(tmpdir(), 'medflow-notifications-'));
    const contacts = await ContactsServer.start();
    const bus = new InProcessBus(busDatabase.client.db(), { retryDelays: [10, 10] });
    const service = await ServiceHarness.start(
      notifications,
      { kind: 'in-process', bus },
      { env: { LOG_LEVEL: 'silent', MEDFLOW_HOME: home, ...env }, upstreams: { identity: contacts.url, ...upstreams } },
    );
    // Nobody else runs here: their queues take what is theirs, lest its delivery never end.
    const others = Object.keys(topology).filter((queue) => !queue.startsWith('notifications.'));
    for (const queue of others) bus.consume(queue, takesAnything);
    contacts.keysUrl = service.identity.url;
    const harness = new NotificationsHarness(bus, busDatabase, contacts, service, home);
    bus.subscribe(
      [notificationCreatedV1.type],
      (event) => void harness.live.push(event as NotificationsHarness['live'][0]),
    );
    return harness;
  }

  /** A second process of the service on the same database; it takes no events of this bus. */
  async replica(env: Record<string, string>): Promise<{ close(): Promise<void> }> {
    const bus = new InProcessBus(this.busDatabase.client.db());
    const running = await notifications.create(
      testConfig({
        env: { LOG_LEVEL: 'silent', MEDFLOW_HOME: this.home, ...env },
        mongoUri: this.service.database.uri,
        bus: { kind: 'in-process', bus },
        upstreams: { identity: this.contacts.url },
      }),
    );
    const close = async () => {
      await running.close();
      bus.close();
    };
    return { close };
  }

  async stop(): Promise<void> {
    await this.service.stop();
    this.contacts.stop();
    this.bus.close();
    await this.busDatabase.drop();
    await rm(this.home, { recursive: true });
  }

  collection(name: string) {
    return this.service.database.client.db().collection<{ _id: string } & Record<string, unknown>>(name);
  }

  call(method: string, path: string, as?: Identified, headers?: Record<string, string>): Promise<Answer> {
    return this.service.call(method, path, { ...(as && { as }), ...(headers && { headers }) });
  }

  /** What the account has in its list, newest first. */
  async listOf(as: Identified, language?: string): Promise<Answer['body']> {
    const { status, body } = await this.call('GET', '/notifications?limit=100', as, {
      ...(language && { 'accept-language': language }),
    });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body;
  }

  /** Delivers an event of another service as the bus would; resolves when notifications has handled or parked it. */
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
      appointmentId: crypto.randomUUID(),
      doctorId: doctor.id,
      patientId: patient.id,
      startsAt: '2026-11-30T08:00:00.000Z',
      endsAt: '2026-11-30T08:30:00.000Z',
      mode: 'video',
      price: { amount: 60000, currency: 'TND' },
      ...more,
    };
  }

  registered(
    { id, role }: Identified,
    data: { firstName?: string; lastName?: string; locale?: 'fr' | 'en' | 'ar' } = {},
  ) {
    const { firstName = 'Amina', lastName = 'Ben Salah', locale = 'fr' } = data;
    return this.deliver(accountRegisteredV1, id, { accountId: id, role, firstName, lastName, locale });
  }

  patientUpdated({ id }: Identified, sequence: number, firstName: string, timeZone = 'Africa/Tunis') {
    const data = { patientId: id, firstName, lastName: 'Gharbi', preferredLanguage: 'en' as const, timeZone };
    return this.deliver(patientProfileUpdatedV1, id, data, { sequence });
  }

  doctorPublished({ id }: Identified, sequence: number, firstName: string) {
    const names = { firstName, lastName: 'Trabelsi', specializations: ['cardiology'], city: 'Tunis' };
    return this.deliver(doctorPublishedV1, id, { doctorId: id, ...names, timeZone: 'Africa/Tunis' }, { sequence });
  }

  /** As if the pause after a failure were over. */
  async pausesAreOver(): Promise<void> {
    await this.collection('mail_queue').updateMany(
      { claim: { $exists: false }, dueAt: { $exists: true } },
      { $set: { dueAt: new Date() } },
    );
  }
}
