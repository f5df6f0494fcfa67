import { Access, type AccountSubject, type Condition, namedIn, type Relation } from '@medflow/access';
import { NotPractising } from './domain/errors.js';
import type { RecordOf } from './domain/standing.js';

const ownRecord = namedIn('patientId', 'their own');

const inTheirCare: Relation<RecordOf> = {
  is: 'of patients in their care',
  holds: ({ id }, { standing }) => standing?.doctorId === id && standing.inCare && standing.mayPractise,
};

const openedInEmergency: Relation<RecordOf> = {
  is: 'that they opened in an emergency, for four hours',
  holds: ({ id }, { standing }) =>
    standing?.doctorId === id && standing.emergencyId !== undefined && standing.mayPractise,
};

const mayPractise: Condition<RecordOf> = {
  is: 'they may see patients',
  holds: (_: AccountSubject, resource) => resource?.standing?.mayPractise ?? true,
  refusal: () => new NotPractising('the doctor may see nobody'),
};

/** Who may do what with medical records. */
export const access = new Access<{
  record: RecordOf;
  'emergency-access': RecordOf;
  paper: unknown;
  'signing-certificate': { readonly doctorId: string };
  'shared-link': unknown;
  keys: unknown;
}>('records', {
  'A patient may read their own record, its history and its papers, and who opened it.': {
    who: 'patient',
    may: ['read', 'read-versions', 'read-access-log'],
    on: 'record',
    purpose: 'own',
    relation: ownRecord,
  },
  'A patient may add documents to their own record.': {
    who: 'patient',
    may: 'add-document',
    on: 'record',
    purpose: 'own',
    relation: ownRecord,
  },
  'A patient may take their own record along, bring one from elsewhere and share theirs by link.': {
    who: 'patient',
    may: ['export', 'import', 'share'],
    on: 'record',
    purpose: 'own',
    relation: ownRecord,
  },
  'Anybody who has the address of a shared record may fetch it until it expires or is revoked; it opens with the key in the link alone.':
    {
      who: 'anyone',
      may: 'open',
      on: 'shared-link',
      purpose: 'link',
    },
  'A doctor may read and add to the record of a patient in their care, and correct and withdraw what is in it.': {
    who: 'doctor',
    may: ['read', 'read-versions', 'write', 'add-document', 'correct', 'withdraw'],
    on: 'record',
    purpose: 'care',
    relation: inTheirCare,
  },
  'A doctor who opened a record in an emergency may read it for four hours.': {
    who: 'doctor',
    may: ['read', 'read-versions'],
    on: 'record',
    purpose: 'emergency',
    relation: openedInEmergency,
  },
  'A doctor may open a record in an emergency, with a reason that its patient and an administrator read.': {
    who: 'doctor',
    may: 'open',
    on: 'emergency-access',
    purpose: 'emergency',
    provided: mayPractise,
  },
  'An administrator may look at emergency accesses and judge them; the record stays closed.': {
    who: 'admin',
    may: ['list', 'review'],
    on: 'emergency-access',
    purpose: 'administration',
  },
  'Anybody who has the code of a paper may learn whether it is genuine, and nothing medical.': {
    who: 'anyone',
    may: 'verify',
    on: 'paper',
    purpose: 'public',
  },
  'A doctor may give a signing certificate of their own, look at it and take it away.': {
    who: 'doctor',
    may: ['give', 'read', 'take-away'],
    on: 'signing-certificate',
    purpose: 'own',
    relation: namedIn('doctorId', 'their own'),
  },
  'Operators may verify the access logs, change the master key and erase a record, by command; they read nothing.': {
    who: 'service',
    may: ['verify', 'rewrap', 'erase'],
    on: 'keys',
    purpose: 'operation',
  },
});
