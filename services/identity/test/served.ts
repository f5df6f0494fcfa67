import { InProcessBus } from '@medflow/messaging';
import type { ServiceConfig } from '@medflow/service-kit';
import { type Answer, eventually, ServiceHarness, testDatabase } from '@medflow/testing';
import { identity } from '../src/index.js';

let sequence = 0;

/** A sign-up that nothing is wrong with. */
export const person = (over: object = {}) => ({
  role: 'patient',
  email: `p${(sequence += 1)}@example.tn`,
  password: 'jasmin-bleu-42',
  firstName: 'Amina',
  lastName: 'Ben Salah',
  ...over,
});

/** A cookie that the answer sets, with its attributes. */
export const setCookieOf = ({ headers }: Answer, name: string): string | undefined =>
  headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`));

/** The refresh cookie as a browser would send it back. */
export const cookieOf = (answer: Answer): string => (setCookieOf(answer, 'medflow_refresh') ?? '').split(';')[0]!;

/** The cookie that tells this browser from others, likewise. */
export const deviceOf = (answer: Answer): string => (setCookieOf(answer, 'medflow_device') ?? '').split(';')[0]!;

type Message = Parameters<InProcessBus['publish']>[0];

/** Remembers what was published: what is for whoever listens now leaves the outbox at once. */
class RecordingBus extends InProcessBus {
  readonly published: Message[] = [];

  override publish(message: Message) {
    this.published.push(message);
    return super.publish(message);
  }
}

/** Identity over real HTTP on a database of its own, with a bus that nobody else listens to. */
export async function serveIdentity(env: ServiceConfig['env'] = {}) {
  const database = await testDatabase('bus');
  const bus = new RecordingBus(database.client.db());
  const service = await ServiceHarness.start(
    identity,
    { kind: 'in-process', bus },
    { env: { LOG_LEVEL: 'silent', ...env } },
  );
  const outbox = service.database.client.db().collection('outbox');
  return {
    service,
    /** All that was told of that subject to whoever listened, in order, once there is something and nothing is left to tell. */
    toldOf: (subject: string) =>
      eventually(async () => {
        const isLeft = (await outbox.countDocuments({ subject })) > 0;
        const told = bus.published.filter((message) => message.subject === subject);
        return !isLeft && told.length > 0 ? told : undefined;
      }),
    register: (body: object, headers: Record<string, string> = {}) =>
      service.call('POST', '/auth/register', { body, headers }),
    login: (email: string, password: string, from = '10.0.0.1', headers: Record<string, string> = {}) =>
      service.call('POST', '/auth/login', {
        body: { email, password },
        headers: { 'x-forwarded-for': from, ...headers },
      }),
    refresh: (cookie: string) =>
      service.call('POST', '/auth/refresh', { headers: { cookie, 'content-type': 'application/json' } }),
    stop: async () => {
      await service.stop();
      bus.close();
      await database.drop();
    },
  };
}

export type Served = Awaited<ReturnType<typeof serveIdentity>>;
