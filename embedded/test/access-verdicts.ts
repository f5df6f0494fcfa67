import { type AnyAccess, nobody, type Subject } from '@medflow/access';
import { actors, type Actor, type Expected, type Verdict } from './access-expected.js';

/** One operation of the public document, and what it says that it does. */
export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly service: string;
  readonly action: string;
  readonly resource: string;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([verb, value]) => {
      const { 'x-medflow-service': service, 'x-medflow-may': step } = value as {
        'x-medflow-service': string;
        'x-medflow-may'?: { action: string; resource: string };
      };
      const method = verb.toUpperCase();
      if (!step) throw new Error(`${method} ${path} does not say what it does`);
      return { name: `${method} ${path}`, method, path, service, ...step };
    }),
  );
}

const account = (role: 'patient' | 'doctor' | 'admin', id: string, addressProven = true): Subject => ({
  role,
  id,
  addressProven,
});

/** A suspended doctor's token is nobody's. */
const subjects: Readonly<Record<Actor, Subject>> = {
  nobody,
  patient: account('patient', 'patient'),
  'other patient': account('patient', 'other patient'),
  'unproven patient': account('patient', 'unproven patient', false),
  doctor: account('doctor', 'doctor'),
  'other doctor': account('doctor', 'other doctor'),
  'refused doctor': account('doctor', 'refused doctor'),
  'suspended doctor': nobody,
  administrator: account('admin', 'administrator'),
};

const startsAt = new Date('2026-11-30T09:00:00Z');

interface Parties {
  readonly accountId: string;
  readonly patientId: string;
  readonly doctorId: string;
}

const ownOf = (actor: Actor): Parties => ({ accountId: actor, patientId: actor, doctorId: actor });
const ofNobodyHere: Parties = { accountId: 'x', patientId: 'x', doctorId: 'x' };

/** Whose the resource is that this actor tries: of every kind there is one, and a refused doctor has a visit more. */
function partiesOf(actor: Actor, { about }: Expected): Parties {
  if (!about) return ownOf(actor);
  const isShared = about === 'appointment' || about === 'patient' || about === 'record';
  const doctorId = actor === 'refused doctor' && isShared ? actor : 'doctor';
  return { accountId: 'patient', patientId: 'patient', doctorId };
}

/** What the policies say, in the words of {@link Verdict}, or an error that nobody foresaw. */
function verdictOf(access: AnyAccess, { action, resource }: Operation, actor: Actor, parties: Parties): string {
  const subject = subjects[actor];
  try {
    access.admit(subject, action, resource);
    const barredSince = actor === 'refused doctor' ? startsAt : undefined;
    const standing = { doctorId: parties.doctorId, inCare: true, mayPractise: actor === 'doctor' };
    access.expect(subject, action, resource, { ...parties, startsAt, barredSince, standing });
    return 'in' satisfies Verdict;
  } catch (error) {
    const { code, kind } = error as { code?: string; kind?: string };
    const status = { unauthenticated: 401, forbidden: 403, 'not-found': 404 }[kind ?? ''];
    return status ? `${status} ${code}` : String(error);
  }
}

/** Where the policies say something else than is expected, in a line each; also what only one of both knows. */
export function policyFaults(
  policies: Readonly<Record<string, AnyAccess>>,
  operations: readonly Operation[],
  expectations: Readonly<Record<string, Expected>>,
): string[] {
  const known = new Set(operations.map(({ name }) => name));
  const gone = Object.keys(expectations).filter((name) => !known.has(name));
  return [
    ...gone.map((name) => `${name}: no such operation`),
    ...operations.flatMap((operation) => {
      const wanted = expectations[operation.name];
      if (!wanted) return [`${operation.name}: nobody has written down who may`];
      const access = policies[operation.service]!;
      return actors.flatMap((actor) => {
        const verdict = wanted.verdicts[actor];
        const said = verdictOf(access, operation, actor, partiesOf(actor, wanted));
        const ofOthers = wanted.own && verdict !== '401 unauthenticated' && verdict !== '403 forbidden';
        const saidOfOthers = ofOthers ? verdictOf(access, operation, actor, ofNobodyHere) : '404 not-found';
        return [
          ...(said === verdict ? [] : [`${operation.name}, ${actor}: ${said} instead of ${verdict}`]),
          ...(saidOfOthers === 'in' ? [`${operation.name}, ${actor}: in with what is somebody else’s`] : []),
        ];
      });
    }),
  ];
}
