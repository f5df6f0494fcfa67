import type { PageTexts } from './page-texts.js';

export const en: PageTexts = {
  language: 'English',
  means: 'What it means',
  advice: 'What to do',
  code: 'Code:',
  again:
    'Something that went wrong on our side carries a number (requestId): tell it to whoever runs this installation.',
  home: 'To MedFlow',
  problems: {
    'malformed-request': [
      'The request cannot be read',
      'What was sent is not JSON, is cut short, or its address holds something that cannot be.',
      'Reload the page and try again. Programs: check the body and the address against the API documentation.',
    ],
    unauthenticated: [
      'You are not signed in',
      'This is for people with an account, and the request carried no valid access token.',
      'Sign in, then try again.',
    ],
    forbidden: [
      'Your account may not do this',
      'You are signed in, but the action belongs to another role or came from a page that is not ours.',
      'Sign in with the account that it belongs to.',
    ],
    'email-not-verified': [
      'Your address is not confirmed',
      'Paid appointments and letters need an address that is known to be yours.',
      'Open the link in the e-mail that you received, or have a new one sent from the page.',
    ],
    'not-found': [
      'There is nothing here',
      'It does not exist, exists no longer, or belongs to somebody else.',
      'Check the address, or go back to the list that you came from.',
    ],
    'method-not-allowed': [
      'This method does not exist here',
      'The address exists, but not for this HTTP method.',
      'Use one of the methods that the Allow header names.',
    ],
    conflict: [
      'Something changed meanwhile',
      'Another change to the same thing was made at the same moment.',
      'Reload to see how it stands now, then try again.',
    ],
    'wrong-passcode': [
      'This passcode does not open the link',
      'The link is protected by a passcode that its patient chose; the tenth wrong attempt closes it for good.',
      'Ask whoever gave you the link for the passcode.',
    ],
    'too-many-links': [
      'You have too many open links',
      'Each link opens a summary of your record to whoever has it; only so many may be open at once.',
      'Revoke a link that nobody needs any more.',
    ],
    'version-mismatch': [
      'This was changed meanwhile',
      'You changed an earlier version: somebody, or another window of yours, saved a newer one.',
      'Reload, look at what is there now, and make your change again.',
    ],
    'body-too-large': [
      'The request is larger than allowed',
      'More was sent than is taken here.',
      'Shorten the text or choose a smaller file.',
    ],
    'request-timeout': [
      'The request did not arrive in time',
      'It began, but the rest did not come; most often the connection is slow or was lost.',
      'Check your connection, then try again.',
    ],
    'headers-too-large': [
      'The headers are larger than allowed',
      'The request carries more headers or cookies than are taken here.',
      'Delete the cookies of this site and try again.',
    ],
    'unsupported-media-type': [
      'This content type is not accepted',
      'Bodies are JSON; files are of the types that the operation names.',
      'Send application/json, or a file of an accepted type.',
    ],
    'validation-failed': [
      'Some fields are not valid',
      'One or more fields lack, are too long, or break a rule; “errors” names each of them.',
      'Correct the fields indicated and send the form again.',
    ],
    'request-in-progress': [
      'The same request is under way',
      'The same idempotency key is being worked on at this moment.',
      'Wait a few seconds and try again: nothing will be done twice.',
    ],
    'idempotency-key-reused': [
      'This idempotency key was used already',
      'A key belongs to one request, and this one came with another body before.',
      'Use a new key for a new request.',
    ],
    'too-many-requests': [
      'Too many attempts',
      'More requests came than one person makes; the limit protects everybody’s account.',
      'Wait as long as the answer says (Retry-After), then try again.',
    ],
    'service-unavailable': [
      'The service is unavailable for a moment',
      'A part of MedFlow does not answer: it is starting, or its database is out of reach.',
      'Try again in a moment. Nothing that you typed is lost while the page stays open.',
    ],
    'internal-error': [
      'Something went wrong on our side',
      'An error happened that nobody foresaw; it is in the log.',
      'Try again. If it happens again, tell whoever runs this installation.',
    ],
    'already-paid': [
      'This appointment is paid already',
      'A payment for it went through, perhaps in another window.',
      'Nothing: find the receipt among your payments.',
    ],
    'not-payable': [
      'This appointment cannot be paid now',
      'It is not accepted yet, was cancelled, or its time to pay is over.',
      'Look at its status among your appointments.',
    ],
    'payment-in-progress': [
      'A payment is under way',
      'The payment of this appointment is being worked on; its result is not known yet.',
      'Wait a moment and reload: you will not be charged twice.',
    ],
    'payment-declined': [
      'The payment was declined',
      'The bank that issued the card refused the payment; nothing was taken.',
      'Try another payment method, or ask your bank.',
    ],
    'payment-provider-unavailable': [
      'The payment service does not answer',
      'Whether the payment went through is not known at this moment; it will be found out.',
      'Try again in a moment: you will not be charged twice.',
    ],
    'no-receipt': [
      'There is no receipt yet',
      'A receipt is written when the payment is taken, which happens once the appointment is accepted.',
      'Come back when the payment is shown as taken.',
    ],
    'invalid-signature': [
      'The signature is not valid',
      'A message of the payment provider must be signed with the secret that both know.',
      'Operators: compare the webhook secret with the provider’s.',
    ],
    'already-reviewed': [
      'You have reviewed this consultation already',
      'Each consultation has one review.',
      'Edit the review that you wrote, for 48 hours.',
    ],
    'not-completed': [
      'This consultation is not completed',
      'Only a visit that took place can be reviewed.',
      'Come back after the consultation.',
    ],
    'too-late': [
      'It is too late for this',
      'The time in which it could be done is over: the cancellation delay of an appointment, or 48 hours to edit a review.',
      'For an appointment, speak with the doctor; a review stays as it is.',
    ],
    'already-answered': [
      'You have answered this review already',
      'Each review has one answer.',
      'Nothing: your answer is shown below the review.',
    ],
    'already-reported': [
      'This review was reported already',
      'An administrator will look at it.',
      'Wait for the administrator’s decision.',
    ],
    'certificate-by-video': [
      'No certificate follows from a video visit',
      'You last met this patient by video, and the rules of the country allow no certificate then.',
      'See the patient in person, or write a note.',
    ],
    'medicine-by-video': [
      'This medicine is not prescribed by video',
      'You last met this patient by video; the rules of the country exclude Table B and psychotropics then.',
      'Choose another medicine, or see the patient in person.',
    ],
    'examination-required': [
      'A first visit is in person',
      'The rules of the country allow video only with a doctor who has already examined you in person.',
      'Choose a slot at the practice, or declare that this doctor has examined you: they confirm it when accepting.',
    ],
    'examination-unconfirmed': [
      'The examination in person is not confirmed',
      'The patient declares that you have examined them; the rules of the country ask you to confirm it before a video visit.',
      'Confirm it, record a derogation with its reason, or propose a slot at the practice.',
    ],
    'entry-withdrawn': [
      'This was withdrawn from the record',
      'A doctor withdrew it and said why.',
      'Add a new entry; this one stays readable.',
    ],
    'already-in-care': [
      'This record is open to you already',
      'An accepted appointment gives you access.',
      'Open the record: no emergency access is needed.',
    ],
    'not-a-video-visit': [
      'This is no visit by video',
      'The appointment is in person, or it is not confirmed.',
      'Look at the appointment and its mode.',
    ],
    'consent-required': [
      'Your consent is needed',
      'A visit by video asks for consent to its current text.',
      'Read the text and accept it, then come in.',
    ],
    'visit-finished': [
      'The visit is over',
      'The doctor ended it, or its time has passed.',
      'Book another appointment where you need one.',
    ],
    elsewhere: [
      'You are there already, elsewhere',
      'Another device of yours is in the visit.',
      'Go on here: the other device will give way.',
    ],
    'nobody-waits': [
      'Nobody waits on that seat',
      'They have left, or have not come yet.',
      'Wait until they come, then let them in.',
    ],
    'seat-taken': ['The third seat is taken', 'A guest is there already.', 'Wait until they leave to invite another.'],
    'broken-file': [
      'This file is incomplete or damaged',
      'Its content cannot be read to the end.',
      'Open it, save it anew, then send it again.',
    ],
    'certificate-not-valid': [
      'This certificate is not valid today',
      'It has expired, or is not valid yet.',
      'Give a certificate that is valid.',
    ],
    'file-too-large': [
      'This file is too large',
      'It is larger than its type may be.',
      'Send a smaller one, or several parts.',
    ],
    'range-not-satisfiable': [
      'There is no such part of the file',
      'The request begins after the end of the file.',
      'Ask for the file from its beginning.',
    ],
    'unreadable-certificate': [
      'This certificate does not open',
      'The file is no PKCS#12, or the passphrase is wrong.',
      'Check file and passphrase, then try again.',
    ],
    'unsupported-file': [
      'Files of this type are not taken',
      'Only PDF and JPEG, PNG or WebP pictures are.',
      'Convert the file, then send it again.',
    ],
    'already-hidden': [
      'This comment is hidden already',
      'Another administrator hid it.',
      'Reload the list to see how it stands.',
    ],
    'not-reported': [
      'This review is neither reported nor hidden',
      'There is nothing to decide about it any more.',
      'Reload the list to see how it stands.',
    ],
    'email-taken': [
      'This e-mail belongs to an account already',
      'Somebody, most likely you, signed up with it before.',
      'Sign in, or have a link sent to choose a new password.',
    ],
    'invalid-credentials': [
      'Wrong e-mail or password',
      'The two do not belong together; which of them is wrong is not told, for everybody’s safety.',
      'Check both, or have a link sent to choose a new password.',
    ],
    'session-expired': [
      'Your session has expired',
      'You were signed out: after a long time without use, or from another device.',
      'Sign in again.',
    ],
    'invalid-link': [
      'This link is no longer good',
      'It was used, it expired, or a newer one took its place.',
      'Have a new link sent and open the newest e-mail.',
    ],
    'letter-too-soon': [
      'A message has just left',
      'Letters to one address leave with a pause between them.',
      'Look among unwanted mail, too; another can leave after the time that the answer says.',
    ],
    'email-verified-already': [
      'Your address is confirmed already',
      'The link was opened before, perhaps on another device.',
      'Nothing: go on as you were.',
    ],
    'account-suspended': [
      'This account is suspended',
      'An administrator suspended it; the reason is shown when you sign in.',
      'Write to whoever runs this installation if you think that this is a mistake.',
    ],
    'own-account': [
      'You cannot suspend your own account',
      'An administrator who suspends themselves could lock everybody out.',
      'Ask another administrator.',
    ],
    'rotated-recently': [
      'The signing key was changed a moment ago',
      'Between two changes all services must learn of the new key.',
      'Operators: wait until the time that the answer names.',
    ],
    'care-ended': [
      'The last visit is too long ago',
      'A doctor and a patient write to each other while there is care between them: until twelve months after their last visit.',
      'Read what was written, and book an appointment to go on.',
    ],
    'conversation-closed': [
      'The doctor takes no messages here',
      'The doctor has closed this conversation and left no automatic answer.',
      'Book an appointment. In an emergency call 190.',
    ],
    'doctor-unavailable': [
      'The doctor can see nobody at the moment',
      'The doctor’s licence is not verified, or the account is suspended: a message would wait without an answer.',
      'Write to another doctor of yours, or book an appointment.',
    ],
    'not-a-document': [
      'This file is neither a PDF nor a photo that can be read',
      'Files are judged by what they hold, whatever they are called: a whole PDF, or a JPEG, PNG or WebP photo that can be read.',
      'Choose another file, or save this one as PDF once more.',
    ],
    'not-an-image': [
      'This file is not a photo that can be read',
      'A photo is a JPEG, PNG or WebP of at most 50 megapixels, and it must be possible to read what it holds.',
      'Choose another photo, or save this one as JPEG.',
    ],
    'licence-not-submitted': [
      'No licence number was given',
      'There is nothing to verify before the doctor has entered a licence number.',
      'Wait until the doctor has completed the profile.',
    ],
    'slot-taken': [
      'This slot is no longer available',
      'Somebody booked it a moment before, the doctor withdrew it, or you have another appointment at that time.',
      'Choose another among the slots that are offered.',
    ],
    'not-practising': [
      'You may not see patients at the moment',
      'The licence is not verified, or the account is suspended.',
      'Complete the licence in your profile, or write to an administrator.',
    ],
    'invalid-transition': [
      'This is no longer possible',
      'The status of the appointment has changed: it was answered, cancelled or completed meanwhile.',
      'Reload to see how the appointment stands.',
    ],
    'too-early': [
      'It is too early for this',
      'A consultation can be completed or marked as missed only once it has begun.',
      'Try again when the appointment has begun.',
    ],
    'price-differs': [
      'This slot has another price',
      'Money was paid or promised for this appointment: it can only move to a slot of the same price.',
      'Choose a slot of the same price, or cancel and book again.',
    ],
    'too-many-holds': [
      'You hold too many unpaid slots',
      'Slots that wait for payment are kept from others; each patient may hold a few.',
      'Pay for one of them or let it lapse.',
    ],
    'slot-not-reservable': [
      'This slot is free, but kept for nobody',
      'A slot is kept for five minutes for whoever books it, a few on a doctor’s day.',
      'Book it soon.',
    ],
    'too-many-requests-open': [
      'Too many of your requests wait for an answer',
      'Each patient may have a few requests open, so that no doctor’s days are blocked.',
      'Wait for an answer or cancel one of the requests.',
    ],
  },
};
