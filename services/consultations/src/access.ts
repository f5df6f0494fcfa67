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

/** Who may do what with consultations and conversations. */
export const access = new Access<{
  conversation: Parties;
  answering: Pick<Parties, 'doctorId'>;
  passing: unknown;
  visit: Parties;
  seat: unknown;
  signals: unknown;
}>('consultations', {
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
  'A doctor and a patient may open, list and read their own conversations and write in them.': {
    who: ['doctor', 'patient'],
    may: ['open', 'list', 'read', 'write'],
    on: 'conversation',
    purpose: 'care',
    relation: itsTwo,
  },
  'A doctor may close their own conversations and open them again.': {
    who: 'doctor',
    may: 'close',
    on: 'conversation',
    purpose: 'care',
    relation: namedIn('doctorId'),
  },
  'A doctor may say when they answer messages, and what is answered otherwise.': {
    who: 'doctor',
    may: ['read', 'change'],
    on: 'answering',
    purpose: 'own',
    relation: namedIn('doctorId'),
  },
  'Services may pass on that somebody types.': {
    who: 'service',
    may: 'pass-on',
    on: 'passing',
    purpose: 'operation',
  },
});
