import { Access, addressProven, type Condition, namedIn } from '@medflow/access';
import { NotPractising } from './domain/errors.js';

interface OfDoctor {
  readonly doctorId: string;
  /** Since when the doctor may see nobody: the licence is not verified, or the account suspended. */
  readonly barredSince?: Date | undefined;
}
interface Visit extends OfDoctor {
  readonly patientId: string;
  readonly startsAt: Date;
}

const theirOwn = namedIn('patientId');
const withThem = namedIn('doctorId', 'with them');
const itsDoctor = namedIn('doctorId');
const mayPractise: Condition<OfDoctor> = {
  is: 'they may see patients',
  holds: (_, resource) => resource?.barredSince === undefined,
  refusal: () => new NotPractising('the doctor may see nobody'),
};
/** What began before may be closed after. */
const mightPractiseThen: Condition<Visit> = {
  ...mayPractise,
  is: 'they might see patients when it began',
  holds: (_, visit) => visit?.barredSince === undefined || visit.startsAt < visit.barredSince,
};

/** Who may do what with appointments and the hours that they are made in. */
export const access = new Access<{
  appointment: Visit;
  availability: OfDoctor;
  patient: OfDoctor;
  slot: unknown;
  agenda: unknown;
}>('scheduling', {
  'Anybody may see which slots of a doctor are free.': { who: 'anyone', may: 'find', on: 'slot', purpose: 'public' },
  'Anybody may have a free slot kept for a few minutes, and let it go.': {
    who: 'anyone',
    may: 'reserve',
    on: 'slot',
    purpose: 'public',
  },
  'A patient may hold a slot.': { who: 'patient', may: 'book', on: 'appointment', purpose: 'own' },
  'A patient who has proven their address may ask for a doctor’s time, beyond holding it.': {
    who: 'patient',
    may: 'request',
    on: 'appointment',
    purpose: 'own',
    provided: addressProven,
  },
  'A patient may read their own appointments, why they asked for them included, and move and cancel them.': {
    who: 'patient',
    may: ['list', 'read', 'read-reason', 'reschedule', 'answer-proposal', 'cancel'],
    on: 'appointment',
    purpose: 'own',
    relation: theirOwn,
  },
  'A doctor may read, refuse and cancel the appointments with them.': {
    who: 'doctor',
    may: ['list', 'read', 'reject', 'cancel'],
    on: 'appointment',
    purpose: 'care',
    relation: withThem,
  },
  'A doctor may read who has or had an appointment with them, and what these come to.': {
    who: 'doctor',
    may: ['list', 'read'],
    on: 'patient',
    purpose: 'care',
    relation: withThem,
  },
  'A doctor may read why somebody comes to them while they may see patients.': {
    who: 'doctor',
    may: 'read-reason',
    on: 'appointment',
    purpose: 'care',
    relation: withThem,
    provided: mayPractise,
  },
  'A doctor may accept appointments with them while they may see patients.': {
    who: 'doctor',
    may: 'accept',
    on: 'appointment',
    purpose: 'care',
    relation: withThem,
    provided: mayPractise,
  },
  'A doctor may propose another time for appointments with them while they may see patients.': {
    who: 'doctor',
    may: 'reschedule',
    on: 'appointment',
    purpose: 'care',
    relation: withThem,
    provided: mayPractise,
  },
  'A doctor may close visits with them that began while they might see patients.': {
    who: 'doctor',
    may: ['complete', 'mark-missed'],
    on: 'appointment',
    purpose: 'care',
    relation: withThem,
    provided: mightPractiseThen,
  },
  'A doctor may read their own hours.': {
    who: 'doctor',
    may: 'read',
    on: 'availability',
    purpose: 'own',
    relation: itsDoctor,
  },
  'A doctor may publish their own hours while they may see patients.': {
    who: 'doctor',
    may: 'publish',
    on: 'availability',
    purpose: 'own',
    relation: itsDoctor,
    provided: mayPractise,
  },
  'Services may ask for the agendas and figures of the pages that they compose.': {
    who: 'service',
    may: ['read', 'count'],
    on: 'agenda',
    purpose: 'operation',
  },
});
