import { Access, namedIn, type Relation } from '@medflow/access';

interface Parties {
  readonly doctorId: string;
  readonly patientId: string;
}

const itsTwo: Relation<Parties> = {
  is: 'their own',
  holds: ({ id }, { doctorId, patientId }) => id === doctorId || id === patientId,
};
const itsDoctor = namedIn('doctorId', 'with them');
const itsPatient = namedIn('patientId', 'their own');

/** Who may do what with visits by video. */
export const access = new Access<{ visit: Parties; seat: unknown; signals: unknown }>('consultations', {
  'A doctor and a patient may see, join and leave their own visits, and invite a third.': {
    who: ['doctor', 'patient'],
    may: ['read', 'join', 'leave', 'invite'],
    on: 'visit',
    purpose: 'care',
    relation: itsTwo,
  },
  'A patient may agree to be treated at a distance, and withdraw it.': {
    who: 'patient',
    may: 'consent',
    on: 'visit',
    purpose: 'own',
    relation: itsPatient,
  },
  'A doctor may see who waits, leave them a word, let them in and end the visits with them.': {
    who: 'doctor',
    may: ['list', 'say', 'admit', 'finish'],
    on: 'visit',
    purpose: 'care',
    relation: itsDoctor,
  },
  'Whoever has the link of a third seat may sit on it, once the doctor lets them in.': {
    who: 'anyone',
    may: 'sit',
    on: 'seat',
    purpose: 'link',
  },
  'Services may pass on what the browsers of a visit tell each other.': {
    who: 'service',
    may: 'connect',
    on: 'signals',
    purpose: 'operation',
  },
});
