import { describe, expect, it } from '@jest/globals';
import { type DoctorDetails, DoctorProfile } from './doctor-profile.js';
import { PatientProfile } from './patient-profile.js';
import { birthDateOf, phoneOf } from './values.js';

const now = new Date('2026-11-23T09:30:00Z');
const newcomer = { id: 'doctor-1', firstName: 'Karim', lastName: 'Trabelsi', locale: 'fr' } as const;
const complete: DoctorDetails = {
  gender: 'male',
  biography: 'Cardiologue.',
  specializations: ['cardiology'],
  languages: ['fr'],
  city: 'Tunis',
  licenceNumber: 'TN-1',
  consultationPrice: { amount: 60_000, currency: 'TND' },
};

/** The profile as the repository would bring it back. */
const stored = (profile: DoctorProfile) => DoctorProfile.restore(profile.state);
const opened = () => stored(DoctorProfile.open(newcomer, now));
function edited(profile: DoctorProfile, details: DoctorDetails): DoctorProfile {
  profile.replace(details, now);
  return profile;
}
function published(): DoctorProfile {
  const profile = stored(edited(opened(), complete));
  profile.verify();
  return stored(profile);
}

describe('what a doctor’s profile lacks', () => {
  it('names each required field by itself', () => {
    const all = ['gender', 'biography', 'specializations', 'languages', 'city', 'licenceNumber', 'consultationPrice'];
    expect(opened().missing).toEqual(all);
    for (const field of all) expect(edited(opened(), { ...complete, [field]: null }).missing).toEqual([field]);
    expect(edited(opened(), { ...complete, biography: '  ', languages: [] }).missing).toEqual([
      'biography',
      'languages',
    ]);
    expect(edited(opened(), complete).missing).toEqual([]);
  });
});

describe('licence verification', () => {
  it('begins when a number is given and ends when it is taken back', () => {
    const submitted = stored(edited(opened(), complete));
    expect(submitted.state).toMatchObject({ verification: 'pending', submittedAt: now });
    expect(edited(submitted, { ...complete, licenceNumber: null }).state).toMatchObject({
      verification: 'unsubmitted',
      submittedAt: null,
    });
  });

  it('publishes what lacks nothing and suspends what does again', () => {
    const profile = stored(edited(opened(), complete));
    profile.verify();
    expect(profile.facts).toEqual([expect.objectContaining({ name: 'published', version: 3 })]);
    const lacking = edited(published(), { ...complete, city: '' });
    expect(lacking.facts).toEqual([{ name: 'suspended', doctorId: 'doctor-1', reason: 'incomplete', version: 4 }]);
    expect(lacking.state.verification).toBe('verified');
  });

  it('does nothing the second time', () => {
    const profile = published();
    profile.verify();
    expect([profile.changed, profile.facts]).toEqual([false, []]);
    profile.refuse('Faux');
    const refused = stored(profile);
    refused.refuse('Faux');
    expect(refused.changed).toBe(false);
  });

  it('begins anew for another number only', () => {
    expect(edited(published(), { ...complete, licenceNumber: 'tn1' }).published).toBe(true);
    const other = edited(published(), { ...complete, licenceNumber: 'TN-2' });
    expect(other.state.verification).toBe('pending');
    expect(other.facts.map(({ name }) => name)).toEqual(['suspended']);
  });

  it('stays refused until the number changes', () => {
    const refused = published();
    refused.refuse('Illisible');
    expect(edited(stored(refused), { ...complete, city: 'Sfax' }).state).toMatchObject({
      verification: 'refused',
      verificationReason: 'Illisible',
    });
    expect(edited(stored(refused), { ...complete, licenceNumber: 'TN-2' }).state).toMatchObject({
      verification: 'pending',
      verificationReason: null,
    });
  });

  it('tells of a change that the directory shows, not of one that it does not', () => {
    expect(edited(published(), complete).facts).toEqual([]);
    expect(edited(published(), { ...complete, biography: 'Autre.' }).facts.map(({ name }) => name)).toEqual([
      'published',
    ]);
  });

  it.each<[string, (profile: DoctorProfile) => void, string | undefined]>([
    ['refusing the licence bars', (profile) => profile.refuse('Faux'), 'refused'],
    [
      'another licence number bars',
      (profile) => profile.replace({ ...complete, licenceNumber: 'TN-2' }, now),
      'unverified',
    ],
    ['suspending the account bars', (profile) => profile.suspendAccount(), 'account-suspended'],
    ['a cleared field hides', (profile) => profile.replace({ ...complete, city: '' }, now), 'incomplete'],
    [
      'reinstating an account that is not suspended changes nothing',
      (profile) => profile.reinstateAccount(),
      undefined,
    ],
  ])('of a doctor in the directory, %s', (_, step, reason) => {
    const profile = published();
    step(profile);
    expect(profile.facts.map((fact) => fact.name === 'suspended' && fact.reason)).toEqual(reason ? [reason] : []);
  });

  it('tells again of a doctor out of the directory where what they may do changes, and only there', () => {
    const told = (profile: DoctorProfile, step: (profile: DoctorProfile) => void) => {
      step(profile);
      return [
        stored(profile),
        profile.facts.map((fact) => (fact.name === 'suspended' ? fact.reason : fact.name)),
      ] as const;
    };
    const hidden = stored(edited(published(), { ...complete, city: '' }));
    const [refused, atRefusal] = told(hidden, (profile) => profile.refuse('Faux'));
    const [suspended, atSuspension] = told(refused, (profile) => profile.suspendAccount());
    const [verified, atVerification] = told(suspended, (profile) => profile.verify());
    const [reinstated, atReinstatement] = told(verified, (profile) => profile.reinstateAccount());
    const [, atCompletion] = told(reinstated, (profile) => profile.replace(complete, now));
    expect([atRefusal, atSuspension, atVerification, atReinstatement, atCompletion]).toEqual([
      ['refused'],
      [],
      [],
      ['incomplete'],
      ['published'],
    ]);
  });

  it('tells nothing of a newcomer until they are verified', () => {
    const newcomerOf = opened();
    newcomerOf.suspendAccount();
    const submitted = stored(edited(opened(), complete));
    submitted.refuse('Illisible');
    expect([opened().facts, newcomerOf.facts, submitted.facts]).toEqual([[], [], []]);
  });

  it('puts nothing private on the card', () => {
    const { facts } = edited(published(), { ...complete, city: 'Sfax' });
    expect(JSON.stringify(facts)).not.toMatch(/licence|TN-1|verification|submitted/i);
  });
});

describe('a patient’s profile', () => {
  it('lacks birth date, gender and phone, one by one', () => {
    const profile = PatientProfile.open({ ...newcomer, locale: 'ar' });
    expect(profile.missing).toEqual(['birthDate', 'gender', 'phone']);
    profile.replace({ gender: 'other', birthDate: '1990-01-01' }, now);
    expect(profile.missing).toEqual(['phone']);
    expect(profile.state.preferredLanguage).toBe('ar');
  });

  it('is as complete as what is filled in of all that can be', () => {
    const profile = PatientProfile.open({ ...newcomer, locale: 'ar' });
    expect(profile.completeness).toBe(0);
    profile.replace({ gender: 'other', birthDate: '1990-01-01', phone: '20 123 456' }, now);
    expect(profile.completeness).toBe(50);
    const contact = { name: 'Ali', phone: '20 123 457' };
    const details = { gender: 'other', birthDate: '1990-01-01', phone: '20 123 456', address: 'Sfax' } as const;
    profile.replace({ ...details, bloodGroup: 'O+', emergencyContact: contact }, now);
    expect(profile.completeness).toBe(100);
  });
});

describe('values', () => {
  it.each([
    ['+216 20 123 456', '+21620123456'],
    ['00216-20.123.456', '+21620123456'],
    ['20 123 456', '+21620123456'],
    ['+33 (6) 12 34 56 78', '+33612345678'],
  ])('reads %s as %s', (typed, e164) => expect(phoneOf(typed, 'phone')).toBe(e164));

  it.each(['+0123456789', '123456789012', '+1234567890123456', '+12345', 'abc', '++21620123456'])(
    'refuses %s as a number',
    (typed) => {
      expect(() => phoneOf(typed, 'phone')).toThrow('phone: invalid-phone');
    },
  );

  it('takes birth dates from 130 years ago to today', () => {
    expect(birthDateOf('2026-11-23', now)).toBe('2026-11-23');
    expect(birthDateOf('1896-11-23', now)).toBe('1896-11-23');
    expect(() => birthDateOf('2026-11-24', now)).toThrow('date-in-future');
    expect(() => birthDateOf('1896-11-22', now)).toThrow('date-too-old');
  });
});

describe('a photo', () => {
  const photo = (id: string) => ({ id, ownerId: 'doctor-1', large: new Uint8Array(), small: new Uint8Array() });
  const shown = <T extends DoctorProfile | PatientProfile>(profile: T, id: string | null): T => {
    profile.show(id === null ? null : photo(id));
    return profile;
  };

  it('of a doctor in the directory is told with what the directory shows, and that it is gone as well', () => {
    const [fact] = shown(published(), 'one').facts;
    expect(fact).toMatchObject({ name: 'published', card: { photo: 'one' } });
    const [gone] = shown(stored(shown(published(), 'one')), null).facts;
    expect(gone).toMatchObject({ name: 'published' });
    expect(gone).not.toHaveProperty('card.photo');
  });

  it('takes the place of the one before, which is kept no longer', () => {
    const profile = shown(stored(shown(opened(), 'one')), 'two');
    expect(profile.photoChange).toEqual({ added: photo('two'), removed: 'one' });
    expect(shown(stored(profile), null).photoChange).toEqual({ removed: 'two' });
  });

  it('that is the same again, or none again, changes nothing', () => {
    expect(shown(stored(shown(opened(), 'one')), 'one').changed).toBe(false);
    expect(shown(opened(), null).changed).toBe(false);
    const patient = PatientProfile.restore(shown(PatientProfile.open(newcomer), 'one').state);
    expect(shown(patient, 'one').changed).toBe(false);
  });

  it('stays when the profile is edited', () => {
    expect(edited(stored(shown(opened(), 'one')), complete).state.photo).toBe('one');
    const patient = shown(PatientProfile.open(newcomer), 'one');
    patient.replace({}, now);
    expect(patient.state.photo).toBe('one');
  });
});
