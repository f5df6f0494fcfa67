import { Access, addressProven, namedIn } from '@medflow/access';

interface OfPatient {
  readonly patientId: string;
}
interface OfDoctor {
  readonly doctorId: string;
}

const itsPatient = namedIn('patientId');
const itsDoctor = namedIn('doctorId');

/** Who may do what with money. */
export const access = new Access<{
  payment: OfPatient;
  'payment-method': OfPatient;
  income: OfDoctor;
  'provider-event': unknown;
  books: unknown;
}>('billing', {
  'A patient who has proven their address may pay for their own appointments.': {
    who: 'patient',
    may: 'pay',
    on: 'payment',
    purpose: 'own',
    relation: itsPatient,
    provided: addressProven,
  },
  'A patient may read their own payments and the receipts of them.': {
    who: 'patient',
    may: ['list', 'read', 'read-receipt'],
    on: 'payment',
    purpose: 'own',
    relation: itsPatient,
  },
  'A patient who has proven their address may save a card.': {
    who: 'patient',
    may: 'save',
    on: 'payment-method',
    purpose: 'own',
    relation: itsPatient,
    provided: addressProven,
  },
  'A patient may see their own saved cards, prefer one and remove them.': {
    who: 'patient',
    may: ['list', 'prefer', 'remove'],
    on: 'payment-method',
    purpose: 'own',
    relation: itsPatient,
  },
  'A doctor may read the income of their own practice.': {
    who: 'doctor',
    may: 'read',
    on: 'income',
    purpose: 'own',
    relation: itsDoctor,
  },
  'Anybody may bring what the payment provider has signed: the signature is the proof.': {
    who: 'anyone',
    may: 'bring',
    on: 'provider-event',
    purpose: 'operation',
  },
  'Services may ask for a receipt that goes into a letter and for the figures of a doctor, operators for a comparison with the provider.':
    {
      who: 'service',
      may: ['print', 'count', 'reconcile'],
      on: 'books',
      purpose: 'operation',
    },
});
