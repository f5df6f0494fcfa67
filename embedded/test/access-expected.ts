/**
 * Who is answered how, operation by operation: written by hand from what the product promises, not from the policies, so that
 * both the policies and the running system can be held against it.
 */
export const actors = [
  'nobody',
  'patient',
  'other patient',
  'unproven patient',
  'doctor',
  'other doctor',
  'refused doctor',
  'suspended doctor',
  'administrator',
] as const;
export type Actor = (typeof actors)[number];

export const refusals = [
  '401 unauthenticated',
  '403 forbidden',
  '403 email-not-verified',
  '403 not-practising',
  '404 not-found',
] as const;
/** `in`: past every question of who; else the status and code of the refusal. */
export type Verdict = 'in' | (typeof refusals)[number];

export interface Expected {
  readonly verdicts: Readonly<Record<Actor, Verdict>>;
  /** It names no resource: what it does, it does to the actor's own, and the policies refuse it on anybody else's. */
  readonly own?: true;
  /** It is about one resource, which belongs to the patient, the doctor or both; a refused doctor has one of their own. */
  readonly about?:
    | 'appointment'
    | 'link'
    | 'patient'
    | 'payment'
    | 'payment-method'
    | 'record'
    | 'review'
    | 'visit'
    | 'notification'
    | 'session'
    | 'conversation';
}

type Verdicts = Partial<Record<Actor, Verdict>>;

const outside: Verdicts = { nobody: '401 unauthenticated', 'suspended doctor': '401 unauthenticated' };
const every = (verdict: Verdict): Record<Actor, Verdict> =>
  Object.fromEntries(actors.map((actor) => [actor, verdict])) as Record<Actor, Verdict>;
const each = (who: readonly Actor[], verdict: Verdict): Verdicts =>
  Object.fromEntries(who.map((actor) => [actor, verdict]));

const patients = ['patient', 'other patient', 'unproven patient'] as const;
const doctors = ['doctor', 'other doctor', 'refused doctor'] as const;

/** Everybody, a suspended doctor as somebody who is not signed in. */
const anyone: Expected = { verdicts: every('in') };
const signedIn: Expected = { own: true, verdicts: { ...every('in'), ...outside } };
const only = (who: readonly Actor[], others: Verdicts = {}): Expected => ({
  verdicts: { ...every('403 forbidden'), ...outside, ...each(who, 'in'), ...others },
});
const onlyOwn = (who: readonly Actor[], others: Verdicts = {}): Expected => ({ own: true, ...only(who, others) });
/** Of those who may do such things at all, only those whose it is. */
const owned = (
  about: NonNullable<Expected['about']>,
  roles: readonly Actor[],
  owners: readonly Actor[],
  others: Verdicts = {},
): Expected => ({
  about,
  verdicts: {
    ...every('403 forbidden'),
    ...outside,
    ...each(roles, '404 not-found'),
    ...each(owners, 'in'),
    ...others,
  },
});

const administrators = only(['administrator']);
const allPatients = onlyOwn(patients);
const allDoctors = onlyOwn(doctors);
const unproven = { 'unproven patient': '403 email-not-verified' } as const;
const refused = { 'refused doctor': '403 not-practising' } as const;
const everybodySignedIn = [...patients, ...doctors, 'administrator'] as const;

const parties = owned('appointment', [...patients, ...doctors], ['patient', 'doctor', 'refused doctor']);
/** Medical: their patient, and the doctor who cares and may practise. */
const record = owned('record', [...patients, ...doctors], ['patient', 'doctor']);
const recordWritten = owned('record', doctors, ['doctor']);
/** By video, once the appointment is accepted. */
const visit = owned('visit', [...patients, ...doctors], ['patient', 'doctor']);
const visitLed = owned('visit', doctors, ['doctor']);
const itsDoctor = (others: Verdicts = {}) => owned('appointment', doctors, ['doctor', 'refused doctor'], others);

const theTwo = owned('conversation', [...patients, ...doctors], ['patient', 'doctor']);

export const expected: Readonly<Record<string, Expected>> = {
  'GET /admin/accounts': administrators,
  'POST /admin/accounts/{id}/reinstate': administrators,
  'POST /admin/accounts/{id}/suspend': administrators,
  'GET /admin/doctors': administrators,
  'GET /admin/doctors/{id}/licence-proof': administrators,
  'POST /admin/doctors/{id}/refuse': administrators,
  'POST /admin/doctors/{id}/verify': administrators,
  'GET /admin/emergency-accesses': administrators,
  'POST /admin/emergency-accesses/{id}/review': administrators,
  'GET /admin/feedback': administrators,
  'POST /admin/feedback/{id}/dismiss': administrators,
  'POST /admin/feedback/{id}/hide': administrators,

  'GET /appointments': onlyOwn([...patients, ...doctors]),
  'POST /appointments': only(patients),
  'GET /appointments/{id}': parties,
  'GET /appointments/{id}.ics': parties,
  'POST /appointments/{id}/cancel': parties,
  'POST /appointments/{id}/reschedule': owned(
    'appointment',
    [...patients, ...doctors],
    ['patient', 'doctor', 'refused doctor'],
    refused,
  ),
  'POST /appointments/{id}/reschedule/accept': owned('appointment', patients, ['patient']),
  'POST /appointments/{id}/reschedule/decline': owned('appointment', patients, ['patient']),
  'POST /appointments/{id}/reject': itsDoctor(),
  'POST /appointments/{id}/accept': itsDoctor(refused),
  'POST /appointments/{id}/complete': itsDoctor(refused),
  'POST /appointments/{id}/no-show': itsDoctor(refused),

  'GET /auth/.well-known/jwks.json': anyone,
  'POST /auth/register': anyone,
  'POST /auth/login': anyone,
  'POST /auth/refresh': anyone,
  'POST /auth/logout': anyone,
  'POST /auth/email/verify': anyone,
  'POST /auth/password/forgot': anyone,
  'POST /auth/password/reset': anyone,
  'GET /auth/me': signedIn,
  'POST /auth/email/verification': signedIn,
  'PUT /auth/password': signedIn,
  'GET /auth/sessions': signedIn,
  'DELETE /auth/sessions': signedIn,
  'DELETE /auth/sessions/{id}': owned('session', everybodySignedIn, ['patient']),

  'GET /consultations': allDoctors,
  'GET /consultations/seat': anyone,
  'POST /consultations/seat/leave': anyone,
  'POST /consultations/invitations/{token}/join': anyone,
  'GET /consultations/{appointmentId}': visit,
  'POST /consultations/{appointmentId}/join': visit,
  'POST /consultations/{appointmentId}/leave': visit,
  'POST /consultations/{appointmentId}/invitations': visit,
  'POST /consultations/{appointmentId}/consent': owned('visit', patients, ['patient']),
  'DELETE /consultations/{appointmentId}/consent': owned('visit', patients, ['patient']),
  'POST /consultations/{appointmentId}/admit': visitLed,
  'POST /consultations/{appointmentId}/finish': visitLed,
  'PUT /consultations/{appointmentId}/message': visitLed,
  'GET /conversations': onlyOwn([...patients, ...doctors]),
  'POST /conversations': theTwo,
  'GET /conversations/settings': allDoctors,
  'PUT /conversations/settings': allDoctors,
  'GET /conversations/{id}': theTwo,
  'PUT /conversations/{id}/closing': owned('conversation', doctors, ['doctor']),
  'POST /conversations/{id}/delivered': theTwo,
  'GET /conversations/{id}/messages': theTwo,
  'POST /conversations/{id}/messages': theTwo,
  'GET /conversations/{id}/messages/{messageId}/files/{fileId}': theTwo,
  'POST /conversations/{id}/read': theTwo,

  'GET /doctors': anyone,
  'GET /doctors/{id}': anyone,
  'GET /doctors/{id}/feedback': anyone,
  'GET /doctors/{id}/slots': anyone,
  'POST /doctors/{id}/slot-reservations': anyone,
  'DELETE /doctors/{id}/slot-reservations/{reservationId}': anyone,
  'GET /doctors/me': allDoctors,
  'PUT /doctors/me': allDoctors,
  'GET /doctors/me/availability': allDoctors,
  'PUT /doctors/me/availability': onlyOwn(doctors, refused),
  'GET /doctors/me/dashboard': allDoctors,
  'GET /doctors/me/feedback': allDoctors,
  'GET /doctors/me/income': allDoctors,
  'GET /doctors/me/patients': allDoctors,
  'GET /doctors/me/patients/{id}': owned('patient', doctors, ['doctor', 'refused doctor']),
  'GET /doctors/me/statistics': allDoctors,
  'GET /doctors/me/licence-proof': allDoctors,
  'PUT /doctors/me/licence-proof': allDoctors,
  'DELETE /doctors/me/licence-proof': allDoctors,
  'PUT /doctors/me/photo': allDoctors,
  'DELETE /doctors/me/photo': allDoctors,

  'POST /feedback': owned('appointment', patients, ['patient']),
  'PUT /feedback/{id}': owned('review', patients, ['patient']),
  'POST /feedback/{id}/reply': owned('review', doctors, ['doctor']),
  'POST /feedback/{id}/report': owned('review', doctors, ['doctor']),

  'GET /notifications': signedIn,
  'POST /notifications/read-all': signedIn,
  'POST /notifications/{id}/read': owned('notification', everybodySignedIn, ['patient']),

  'GET /patients/me': allPatients,
  'PUT /patients/me': allPatients,
  'GET /patients/me/dashboard': allPatients,
  'GET /patients/me/feedback': allPatients,

  'PUT /patients/me/photo': allPatients,
  'DELETE /patients/me/photo': allPatients,

  'GET /patients/me/record/export': allPatients,
  'POST /patients/me/record/import': allPatients,
  'GET /patients/me/record/links': allPatients,
  'POST /patients/me/record/links': allPatients,
  'DELETE /patients/me/record/links/{linkId}': owned('link', patients, ['patient']),

  'POST /shl/{manifestId}': anyone,
  'GET /shl/{manifestId}/files/{ticket}': anyone,

  'GET /patients/{patientId}/record': record,
  'GET /patients/{patientId}/record/vitals': record,
  'POST /patients/{patientId}/record/documents': record,
  'GET /patients/{patientId}/record/documents/{entryId}': record,
  'GET /patients/{patientId}/record/prescriptions/{entryId}.pdf': record,
  'GET /patients/{patientId}/record/certificates/{entryId}.pdf': record,
  'GET /verify/{code}': anyone,
  'GET /doctors/me/signing-certificate': allDoctors,
  'PUT /doctors/me/signing-certificate': allDoctors,
  'DELETE /doctors/me/signing-certificate': allDoctors,
  'GET /patients/{patientId}/record/access-log': owned('record', patients, ['patient']),
  'POST /patients/{patientId}/record/entries': recordWritten,
  'GET /patients/{patientId}/record/entries/{entryId}': record,
  'PUT /patients/{patientId}/record/entries/{entryId}': recordWritten,
  'GET /patients/{patientId}/record/entries/{entryId}/versions': record,
  'POST /patients/{patientId}/record/entries/{entryId}/withdraw': recordWritten,
  'POST /patients/{patientId}/record/emergency-access': owned('record', doctors, ['doctor'], {
    'other doctor': '403 not-practising',
    ...refused,
  }),

  'GET /photos/{id}/{size}': anyone,
  'GET /rules': anyone,

  'GET /payment-methods': allPatients,
  'POST /payment-methods': onlyOwn(patients, unproven),
  'POST /payment-methods/{id}/default': owned('payment-method', patients, ['patient']),
  'DELETE /payment-methods/{id}': owned('payment-method', patients, ['patient']),
  'GET /payments': allPatients,
  'POST /payments': owned('appointment', patients, ['patient'], unproven),
  'GET /payments/{id}': owned('payment', patients, ['patient']),
  'GET /payments/{id}/receipt': owned('payment', patients, ['patient']),
  'POST /payments/webhook': anyone,
};
