import { Access, namedIn } from '@medflow/access';

interface Visit {
  readonly patientId: string;
  readonly doctorId: string;
}

const itsPatient = namedIn('patientId', 'of their own visits');
const itsDoctor = namedIn('doctorId', 'of visits with them');

/** Who may do what with reviews and what they add up to. */
export const access = new Access<{ visit: Visit; review: Visit; figures: unknown }>('feedback', {
  'Anybody may read what is published of a doctor’s reviews.': {
    who: 'anyone',
    may: 'read-published',
    on: 'review',
    purpose: 'public',
  },
  'A patient may rate their own visits.': {
    who: 'patient',
    may: 'rate',
    on: 'visit',
    purpose: 'own',
    relation: itsPatient,
  },
  'A patient may list and edit their own reviews.': {
    who: 'patient',
    may: ['list', 'edit'],
    on: 'review',
    purpose: 'own',
    relation: itsPatient,
  },
  'A doctor may list, answer and report the reviews of visits with them.': {
    who: 'doctor',
    may: ['list-received', 'answer', 'report'],
    on: 'review',
    purpose: 'own',
    relation: itsDoctor,
  },
  'An administrator may see reported reviews, hide them and let them stand.': {
    who: 'admin',
    may: ['moderate', 'hide', 'dismiss'],
    on: 'review',
    purpose: 'administration',
  },
  'Services may ask for what the pages show that they compose.': {
    who: 'service',
    may: ['read-visits', 'read-latest', 'read'],
    on: 'figures',
    purpose: 'operation',
  },
});
