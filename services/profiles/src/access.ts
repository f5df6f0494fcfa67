import { Access, namedIn } from '@medflow/access';

interface Owned {
  readonly accountId: string;
}

const theirOwn = namedIn('accountId');

/** Who may do what with profiles, licences and the public directory. */
export const access = new Access<{
  'patient-profile': Owned;
  'doctor-profile': Owned;
  licence: unknown;
  directory: unknown;
  photo: unknown;
  papers: unknown;
}>('profiles', {
  'Anybody may search the directory and read the public profile of a doctor in it.': {
    who: 'anyone',
    may: ['search', 'read'],
    on: 'directory',
    purpose: 'public',
  },
  'Anybody who knows the address of a photo may see it; nobody can guess one.': {
    who: 'anyone',
    may: ['read'],
    on: 'photo',
    purpose: 'public',
  },
  'A patient may read and change their own profile.': {
    who: 'patient',
    may: ['read', 'change'],
    on: 'patient-profile',
    purpose: 'own',
    relation: theirOwn,
  },
  'Records may ask for a patient’s birth date, gender, blood group and telephone, to put them on a summary that the patient takes along or shares.':
    {
      who: 'service',
      may: 'read-demographics',
      on: 'patient-profile',
      purpose: 'operation',
    },
  'A doctor may read and change their own profile, verified or not.': {
    who: 'doctor',
    may: ['read', 'change'],
    on: 'doctor-profile',
    purpose: 'own',
    relation: theirOwn,
  },
  'An administrator may see which licences wait and what proves them, and verify or refuse them.': {
    who: 'admin',
    may: ['list', 'read', 'verify', 'refuse'],
    on: 'licence',
    purpose: 'administration',
  },
  'Services may read what stands on a paper about its doctor and its patient.': {
    who: 'service',
    may: ['read'],
    on: 'papers',
    purpose: 'operation',
  },
});
