import { Access, namedIn, type Relation } from '@medflow/access';

interface Parties {
  readonly doctorId: string;
  readonly patientId: string;
}

const itsTwo: Relation<Parties> = {
  is: 'their own',
  holds: ({ id }, { doctorId, patientId }) => id === doctorId || id === patientId,
};

/** Who may do what with consultations and conversations. */
export const access = new Access<{
  conversation: Parties;
  answering: Pick<Parties, 'doctorId'>;
  passing: unknown;
}>('consultations', {
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
