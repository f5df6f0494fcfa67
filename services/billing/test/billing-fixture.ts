import {
  accountRegisteredV1,
  appointmentAcceptedV1,
  type AppointmentData,
  type Contract,
  contracts,
  topology,
} from '@medflow/contracts';
import { InProcessBus } from '@medflow/messaging';
import { startTestProvider, type TestProvider } from '@medflow/test-provider';
import {
  type Answer,
  eventually,
  foreignEvent,
  type Identified,
  ServiceHarness,
  testDatabase,
  takesAnything,
} from '@medflow/testing';
import { billing } from '../src/index.js';

export const keys = { secretKey: 'sk_test_billing', publishableKey: 'pk_test_billing', webhookSecret: 'whsec_billing' };

let count = 0;
const next = (name: string): string => `${name}-${(count += 1)}`;

export interface Visit {
  appointmentId: string;
  patient: Identified;
  doctor: Identified;
}

/** Billing on a real database with the test provider, and a bus to which scheduling's facts are given. */
export class BillingFixture {
  /** What billing has published, in order. */
  readonly published: { type: string; data: Record<string, unknown> }[] = [];

  private constructor(
    private readonly bus: InProcessBus,
    private readonly busDatabase: Awaited<ReturnType<typeof testDatabase>>,
    readonly provider: TestProvider,
    readonly service: ServiceHarness,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<BillingFixture> {
    const busDatabase = await testDatabase('bus');
    const bus = new InProcessBus(busDatabase.client.db(), { retryDelays: [20, 50] });
    bus.declare(topology);
    const at: { service?: ServiceHarness } = {};
    const provider = await startTestProvider({
      ...keys,
      webhookUrl: () => at.service && `${at.service.url}/payments/webhook`,
    });
    const service = await ServiceHarness.start(
      billing,
      { kind: 'in-process', bus },
      {
        env: {
          LOG_LEVEL: 'silent',
          ...env,
          MEDFLOW_TEST_PROVIDER_URL: provider.url,
          MEDFLOW_TEST_PROVIDER_SECRET_KEY: keys.secretKey,
          MEDFLOW_TEST_PROVIDER_PUBLISHABLE_KEY: keys.publishableKey,
          MEDFLOW_TEST_PROVIDER_WEBHOOK_SECRET: keys.webhookSecret,
        },
      },
    );
    at.service = service;
    for (const queue of Object.keys(topology).filter((name) => !name.startsWith('billing.')))
      bus.consume(queue, takesAnything);
    const fixture = new BillingFixture(bus, busDatabase, provider, service);
    const types = contracts.map(({ type }) => type).filter((type) => type.startsWith('billing.'));
    bus.subscribe(types, (event) => void fixture.published.push(event as never));
    return fixture;
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.provider.stop();
    this.bus.close();
    await this.busDatabase.drop();
  }

  get databaseName(): string {
    return this.service.database.client.db().databaseName;
  }

  collection(name: string) {
    return this.service.database.client.db().collection<{ _id: string } & Record<string, unknown>>(name);
  }

  call(
    method: string,
    path: string,
    as?: Identified,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return this.service.call(method, path, { ...(as && { as }), ...(body !== undefined && { body }), headers });
  }

  async publish<T extends object>(
    contract: Contract<T>,
    subject: string,
    data: T,
    sequence: number,
    id: string = crypto.randomUUID(),
  ) {
    await this.bus.publish(foreignEvent(contract, subject, data, { id, sequence }));
  }

  async person(role: 'patient' | 'doctor', firstName = 'Amina', lastName = 'Ben Salah'): Promise<Identified> {
    const id = next(role);
    await this.publish(accountRegisteredV1, id, { accountId: id, role, firstName, lastName, locale: 'fr' }, 1);
    return { id, role, firstName, lastName };
  }

  factOf({ appointmentId, doctor, patient }: Visit, more: Partial<AppointmentData> = {}): AppointmentData {
    return {
      appointmentId,
      doctorId: doctor.id,
      patientId: patient.id,
      startsAt: new Date(Date.now() + 2 * 86_400_000).toISOString(),
      endsAt: new Date(Date.now() + 2 * 86_400_000 + 1_800_000).toISOString(),
      mode: 'video',
      price: { amount: 60_000, currency: 'TND' },
      ...more,
    };
  }

  /** An appointment that is to be paid. */
  async accepted(more: Partial<Visit> = {}, price = { amount: 60_000, currency: 'TND' }): Promise<Visit> {
    const visit = {
      appointmentId: next('appointment'),
      patient: more.patient ?? (await this.person('patient')),
      doctor: more.doctor ?? (await this.person('doctor')),
    };
    await this.publish(appointmentAcceptedV1, visit.appointmentId, this.factOf(visit, { price }), 2);
    return visit;
  }

  pay({ appointmentId, patient }: Visit, paymentMethodId = 'pm_card_visa', headers = {}): Promise<Answer> {
    return this.call('POST', '/payments', patient, { appointmentId, paymentMethodId }, headers);
  }

  /** The payment once it is in that status. */
  settled({ patient }: Visit, id: string, status: string): Promise<Answer['body']> {
    return eventually(
      async () => {
        const { body } = await this.call('GET', `/payments/${id}`, patient);
        return body.status === status ? body : undefined;
      },
      { timeoutMs: 20_000, everyMs: 50 },
    );
  }
}
