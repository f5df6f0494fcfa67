import { randomUUID } from 'node:crypto';
import { eventually } from '@medflow/testing';
import type { Answer, Api, Person } from './api.js';

const AT_ONCE = 8;
const PAUSE_MS = 100;

/** What people met who did not give up. */
export interface Course {
  /** Ids of the appointments that were answered 201. */
  booked: string[];
  /** How often each status was answered; `in-progress` while the same request was under way; `broken` for no answer. */
  seen: Record<string, number>;
  /** The longest that anybody waited for one answer. */
  slowestMs: number;
  /** 503 that did not say when to come again. */
  withoutRetryAfter: number;
}

/**
 * Books every slot, and pays for it, as a page would that never gives up: the same booking under the same
 * Idempotency-Key until it is answered 201.
 * @param course is filled in as it goes
 */
export async function bookAll(
  api: Api,
  patients: Person[],
  slots: { id: string }[],
  { course = newCourse(), paceMs = 0, pay = false }: { course?: Course; paceMs?: number; pay?: boolean } = {},
): Promise<Course> {
  const waiting = slots.map((slot, at) => ({ slot, patient: patients[at % patients.length]!, key: randomUUID() }));
  const one = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { slot, patient, key } = next;
      const { id } = await insist(() => api.book(patient, slot.id, { 'idempotency-key': key }), course);
      if (pay) {
        const body = { appointmentId: id, paymentMethodId: 'pm_card_visa' };
        const headers = { 'idempotency-key': randomUUID() };
        await insist(() => api.call('POST', '/payments', { token: patient.token, body, headers }), course);
      }
      course.booked.push(id as string);
      if (paceMs > 0) await new Promise((resolve) => setTimeout(resolve, paceMs));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return course;
}

/** The same request until it is answered 201. @throws Error for any answer but that and 503, or after two minutes */
async function insist(call: () => Promise<Answer>, course: Course): Promise<Answer['body']> {
  for (const until = Date.now() + 120_000; ;) {
    const answer = await timed(call, course);
    // Paid, though the answer that said so was lost.
    if (answer?.status === 201 || answer?.body.code === 'already-paid') return answer.body;
    if (Date.now() > until || (answer && outcomeOf(answer) !== 'in-progress' && answer.status !== 503))
      throw new Error(`ended with ${answer?.status}: ${JSON.stringify(answer?.body)}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

export const newCourse = (): Course => ({ booked: [], seen: {}, slowestMs: 0, withoutRetryAfter: 0 });

const outcomeOf = (answer: Answer | undefined): string =>
  answer?.body.code === 'request-in-progress' ? 'in-progress' : String(answer?.status ?? 'broken');

async function timed(call: () => Promise<Answer>, course: Course): Promise<Answer | undefined> {
  const at = Date.now();
  const answer = await call().catch(() => undefined);
  course.slowestMs = Math.max(course.slowestMs, Date.now() - at);
  const outcome = outcomeOf(answer);
  course.seen[outcome] = (course.seen[outcome] ?? 0) + 1;
  if (answer?.status === 503 && !(Number(answer.headers.get('retry-after')) > 0)) course.withoutRetryAfter += 1;
  return answer;
}

/** Each appointment once in the lists of both sides, and each side told of each thing about it exactly once. */
export async function eachOnce(api: Api, doctor: Person, patients: Person[], booked: string[]): Promise<void> {
  const expected = [...booked].sort();
  const listed = async (person: Person) => (await api.all('/appointments', person)).map(({ id }) => id as string);
  /** Of which appointments, by kind of news. */
  const told = async (...people: Person[]) => {
    const news = (await Promise.all(people.map((person) => api.all('/notifications', person)))).flat();
    const kinds = Map.groupBy(news, ({ type }) => type as string);
    if (kinds.size === 0) throw new Error('nobody is told of anything');
    return [...kinds.values()].map((of) => of.map(({ data }) => data.appointmentId as string));
  };
  const check = (what: string, actual: string[]) => {
    const problem = `${what}: ${actual.length} instead of ${expected.length}, ${new Set(actual).size} of them different`;
    if (JSON.stringify(actual.toSorted()) !== JSON.stringify(expected)) throw new Error(problem);
  };
  const checkAll = async () => {
    check('listed to patients', (await Promise.all(patients.map(listed))).flat());
    check('listed to the doctor', await listed(doctor));
    for (const ids of await told(...patients)) check('told to patients', ids);
    for (const ids of await told(doctor)) check('told to the doctor', ids);
    return true;
  };
  await eventually(checkAll, { timeoutMs: 60_000, everyMs: 500 });
  // Whatever would come twice has the time to.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await checkAll();
}

/** Each appointment has one payment, which takes its price once, in the lists of those who paid. */
export async function eachPaidOnce(api: Api, patients: Person[], booked: string[]): Promise<void> {
  await eventually(
    async () => {
      const lists = await Promise.all(patients.map((patient) => api.all('/payments', patient)));
      const paid = lists.flat().filter(({ status }) => status === 'paid');
      const ids = paid.map(({ appointmentId }) => appointmentId as string).sort();
      if (JSON.stringify(ids) !== JSON.stringify([...booked].sort()))
        throw new Error(`${paid.length} paid payments for ${booked.length} appointments`);
      return true;
    },
    { timeoutMs: 60_000, everyMs: 500 },
  );
}
