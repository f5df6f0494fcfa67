import { Access, addressProven, type Relation } from '@medflow/access';

interface Visit {
  readonly patientId: string;
  readonly doctorId: string;
}
interface OfDoctor {
  readonly doctorId: string;
}

const theirOwn: Relation<Visit> = { is: 'their own', holds: ({ id }, { patientId }) => patientId === id };
const withThem: Relation<Visit> = { is: 'with them', holds: ({ id }, { doctorId }) => doctorId === id };
const itsDoctor: Relation<OfDoctor> = { is: 'their own', holds: ({ id }, { doctorId }) => doctorId === id };

/** Who may do what with appointments and the hours that they are made in. */
export const access = new Access<{
  appointment: Visit;
  availability: OfDoctor;
  slot: unknown;
  agenda: unknown;
}>('scheduling', {
  'Anybody may see which slots of a doctor are free.': { who: 'anyone', may: 'find', on: 'slot', purpose: 'public' },
  'A patient may hold a slot.': { who: 'patient', may: 'book', on: 'appointment', purpose: 'own' },
  'A patient who has proven their address may ask for a doctor’s time, beyond holding it.': {
    who: 'patient',
    may: 'request',
    on: 'appointment',
    purpose: 'own',
    provided: addressProven,
  },
  'A patient may read and cancel their own appointments.': {
    who: 'patient',
    may: ['list', 'read', 'cancel'],
    on: 'appointment',
    purpose: 'own',
    relation: theirOwn,
  },
  'A doctor may read the appointments with them, answer, cancel and close them.': {
    who: 'doctor',
    may: ['list', 'read', 'accept', 'reject', 'cancel', 'complete', 'mark-missed'],
    on: 'appointment',
    purpose: 'care',
    relation: withThem,
  },
  'A doctor may read and publish their own hours, verified or not.': {
    who: 'doctor',
    may: ['read', 'publish'],
    on: 'availability',
    purpose: 'own',
    relation: itsDoctor,
  },
  'Services may ask for the agendas and figures of the pages that they compose.': {
    who: 'service',
    may: ['read', 'count'],
    on: 'agenda',
    purpose: 'operation',
  },
});
