/** What services answer the gateway, as far as it looks: whatever else is in there is left alone. */

export interface SchedulingFigures {
  timeZone: string;
  days: { day: string; consultations: number; noShows: number; cancelled: number }[];
}

/** Minor units. */
export interface BillingFigures {
  currency: string;
  days: { day: string; income: number; refunds: number; fees: number }[];
}

export interface FeedbackFigures {
  days: { day: string; count: number; stars: number }[];
}

/** A service answered something else than it should. */
export class Malformed extends Error {}

type Node = Record<string, unknown>;

function nodeOf(value: unknown, what: string): Node {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(`${what} is no object`);
  return value as Node;
}

function listOf(value: unknown, what: string): Node[] {
  if (!Array.isArray(value)) throw new Malformed(`${what} is no list`);
  return value.map((item) => nodeOf(item, `an item of ${what}`));
}

function textOf(node: Node, name: string): string {
  const value = node[name];
  if (typeof value !== 'string' || value === '') throw new Malformed(`${name} is no text`);
  return value;
}

function wholeOf(node: Node, name: string): number {
  const value = node[name];
  if (!Number.isSafeInteger(value)) throw new Malformed(`${name} is no whole number`);
  return value as number;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function daysOf<Name extends string>(node: Node, names: readonly Name[]) {
  return listOf(node.days, 'days').map((row) => {
    const day = textOf(row, 'day');
    if (!DAY.test(day)) throw new Malformed('day is no date');
    const counts = Object.fromEntries(names.map((name) => [name, wholeOf(row, name)])) as Record<Name, number>;
    return { day, ...counts };
  });
}

function timeZoneOf(node: Node): string {
  const timeZone = textOf(node, 'timeZone');
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new Malformed('timeZone is no time zone');
  }
  return timeZone;
}

export function schedulingFigures(answer: unknown): SchedulingFigures {
  const node = nodeOf(answer, 'figures');
  return { timeZone: timeZoneOf(node), days: daysOf(node, ['consultations', 'noShows', 'cancelled']) };
}

export function billingFigures(answer: unknown): BillingFigures {
  const node = nodeOf(answer, 'figures');
  return { currency: textOf(node, 'currency'), days: daysOf(node, ['income', 'refunds', 'fees']) };
}

export const feedbackFigures = (answer: unknown): FeedbackFigures => ({
  days: daysOf(nodeOf(answer, 'figures'), ['count', 'stars']),
});

/** Handed on as the service wrote it; every item has the members named. */
export function itemsOf(answer: unknown, ...members: string[]): Node[] {
  const items = listOf(nodeOf(answer, 'the list').items, 'items');
  for (const item of items) for (const member of members) textOf(item, member);
  return items;
}

function appointmentsOf(value: unknown, what: string): Node[] {
  const appointments = listOf(value, what);
  for (const appointment of appointments) for (const name of ['id', 'status', 'startsAt']) textOf(appointment, name);
  return appointments;
}

export function doctorAgenda(answer: unknown): { today: Node[]; requests: { count: number; items: Node[] } } {
  const node = nodeOf(answer, 'agenda');
  const requests = nodeOf(node.requests, 'requests');
  return {
    today: appointmentsOf(node.today, 'today'),
    requests: { count: wholeOf(requests, 'count'), items: appointmentsOf(requests.items, 'requests') },
  };
}

export function patientAgenda(answer: unknown): { next: Node | null; paymentsDue: Node[] } {
  const node = nodeOf(answer, 'agenda');
  const paymentsDue = listOf(node.paymentsDue, 'paymentsDue');
  for (const due of paymentsDue) for (const name of ['appointmentId', 'status', 'startsAt']) textOf(due, name);
  return { next: node.next === null ? null : appointmentsOf([node.next], 'next')[0]!, paymentsDue };
}

function missingOf(node: Node): string[] {
  const { missing } = node;
  if (!Array.isArray(missing) || missing.some((field) => typeof field !== 'string'))
    throw new Malformed('missing is no list of fields');
  return missing as string[];
}

export function doctorProfile(answer: unknown): { missing: string[]; verification: string } {
  const node = nodeOf(answer, 'profile');
  return { missing: missingOf(node), verification: textOf(node, 'verification') };
}

export function patientProfile(answer: unknown): { missing: string[]; completeness: number } {
  const node = nodeOf(answer, 'profile');
  return { missing: missingOf(node), completeness: wholeOf(node, 'completeness') };
}

export const unreadOf = (answer: unknown): number => wholeOf(nodeOf(answer, 'notifications'), 'unread');
