import type { Texts } from './texts.js';

export const en: Texts = {
  patient: {
    'appointment-requested': {
      title: 'Request sent',
      body: 'Your request for an appointment with {name} on {when} was sent. You will be told of the answer.',
    },
    'appointment-accepted': { title: 'Appointment confirmed', body: '{name} accepted your appointment on {when}.' },
    'appointment-rejected': {
      title: 'Appointment declined',
      body: '{name} could not accept your appointment on {when}. Please choose another slot.',
    },
    'appointment-cancelled': { title: 'Appointment cancelled', body: '{name} cancelled your appointment on {when}.' },
    'appointment-cancelled-by-reader': {
      title: 'Appointment cancelled',
      body: 'You cancelled your appointment with {name} on {when}.',
    },
    'appointment-completed': {
      title: 'Consultation finished',
      body: 'Your consultation with {name} on {when} is finished.',
    },
    'appointment-missed': { title: 'Appointment missed', body: '{name} was expecting you on {when}.' },
    'appointment-expired': { title: 'Request expired', body: '{name} did not answer your request for {when} in time.' },
    'appointment-rescheduled': {
      title: 'Appointment moved',
      body: 'Your appointment with {name} has been moved to {when}.',
    },
    'appointment-rescheduled-unanswered': {
      title: 'Appointment moved, waiting for an answer',
      body: 'You asked to move your appointment with {name} to {when}. You will be told as soon as they answer.',
    },
    'appointment-reschedule-proposed': {
      title: 'Another time is proposed to you',
      body: '{name} proposes to move your appointment to {when}. Accept, or keep your time.',
    },
    'appointment-reschedule-lapsed': {
      title: 'Proposal expired',
      body: 'You did not answer in time whether to take the time that {name} proposed: your appointment stays on {when}.',
    },
    'appointment-accepted-due': {
      title: 'Appointment confirmed',
      body: '{name} accepted your appointment on {when}. You can now pay {amount}.',
    },
    'appointment-expired-unpaid': {
      title: 'Slot not paid',
      body: 'The slot on {when} with {name} was not paid in time: it is free again and nothing was taken.',
    },
    'appointment-hold-lost': {
      title: 'Slot lost, payment returned',
      body: 'Your payment came after the slot on {when} with {name} had lapsed and been taken. Everything goes back to you.',
    },
    'appointment-cancelled-unavailable': {
      title: 'Appointment cancelled',
      body: '{name} can see you no more: your appointment on {when} is cancelled. Whatever you paid goes back to you. Please choose another doctor.',
    },
    'appointment-cancelled-unsuitable': {
      title: 'Video does not suit your situation',
      body: '{name} judged that video does not suit your situation: you are charged nothing for {when}. You can book an appointment in person.',
    },
    'appointment-doctor-unavailable': {
      title: 'Your doctor can see you no more',
      body: '{name} can no longer see you on {when}: choose a slot with another doctor, or cancel. Everything goes back to you.',
    },
    'appointment-doctor-available': {
      title: 'Your appointment stands',
      body: '{name} can see you again: your appointment on {when} stands.',
    },
    'payment-authorised': {
      title: 'Payment authorised',
      body: 'Your payment of {amount} for your appointment with {name} is authorised; it is taken only if the appointment is accepted.',
    },
    'payment-captured': {
      title: 'Payment confirmed',
      body: 'Your payment of {amount} for your appointment with {name} is confirmed. The receipt comes with the e-mail.',
    },
    'payment-failed': {
      title: 'Payment declined',
      body: 'The payment of {amount} for your appointment with {name} was declined. Please pay with another card.',
    },
    'payment-pending': {
      title: 'Payment to confirm',
      body: 'Your bank asks you to confirm the payment of {amount} for your appointment with {name}.',
    },
    'payment-refunded': {
      title: 'Refund',
      body: '{amount} go back to you for your appointment with {name}.',
    },
    'payment-voided': {
      title: 'Nothing was taken',
      body: 'The payment of {amount} authorised for your appointment with {name} is cancelled: it will not be taken.',
    },
    'review-invited': {
      title: 'Your opinion',
      body: 'How was your consultation with {name}? Rating it takes a minute.',
    },
    'review-answered': { title: 'Answer to your review', body: '{name} answered your review.' },
    'record-entry-added': { title: 'Your record was added to', body: '{name} added to your medical record.' },
    'emergency-access-opened': {
      title: 'Emergency access to your record',
      body: '{name} opened your record in an emergency, for four hours, to read only. An administrator will look at this access.',
    },
    'message-received': {
      title: 'A message is waiting for you',
      body: '{name} has written to you. Read the message in MedFlow.',
    },
    'review-hidden': {
      title: 'Comment hidden',
      body: 'An administrator hid your comment about {name}; your stars still count.',
    },
  },
  doctor: {
    'appointment-requested': { title: 'New appointment request', body: '{name} asks for an appointment on {when}.' },
    'appointment-accepted': {
      title: 'Appointment confirmed',
      body: 'The appointment with {name} on {when} is confirmed.',
    },
    'appointment-cancelled': { title: 'Appointment cancelled', body: '{name} cancelled the appointment on {when}.' },
    'appointment-cancelled-by-reader': {
      title: 'Appointment cancelled',
      body: 'You cancelled the appointment with {name} on {when}.',
    },
    'appointment-expired': {
      title: 'Request expired',
      body: 'The request of {name} for {when} expired without an answer.',
    },
    'appointment-rescheduled': {
      title: 'Appointment moved',
      body: 'The appointment with {name} has been moved to {when}.',
    },
    'appointment-rescheduled-unanswered': {
      title: 'Appointment moved, to be confirmed',
      body: '{name} asks to move their appointment to {when}. Accept or decline the request.',
    },
    'appointment-reschedule-declined': {
      title: 'Time unchanged',
      body: '{name} would rather keep their appointment on {when}.',
    },
    'appointment-reschedule-lapsed': {
      title: 'Proposal expired',
      body: '{name} did not answer in time about the time that you proposed: the appointment stays on {when}.',
    },
    'payment-captured': { title: 'Payment received', body: '{name} paid {amount}.' },
    'payment-refunded': { title: 'Refund', body: '{amount} go back to {name}.' },
    'message-received': {
      title: 'A message is waiting for you',
      body: '{name} has written to you. Read the message in MedFlow.',
    },
    'review-submitted': { title: 'New review', body: '{name} reviewed a consultation.' },
  },
  account: {
    verification: {
      title: 'Confirm your address',
      body: 'This address was used to create a MedFlow account. Confirm that it is yours; the link is good for 24 hours. If you did not create an account, ignore this message: nothing else will be sent to you.',
    },
    recovery: {
      title: 'Choose a new password',
      body: 'Somebody asked to change the password of your MedFlow account. If it was you, the link is good for an hour and works once. If not, ignore this message: your password does not change.',
    },
    'credentials-changed': {
      title: 'Your password has changed',
      body: 'The password of your MedFlow account has just been changed and your other devices were signed out. If it was not you, take your account back at once.',
    },
    suspended: {
      title: 'Your account is suspended',
      body: 'An administrator suspended your MedFlow account: you cannot use it any more. The reason is shown when you try to sign in.',
    },
    reinstated: {
      title: 'Your account is reinstated',
      body: 'Your MedFlow account is no longer suspended: you can sign in again.',
    },
  },
  stranger: { patient: 'your doctor', doctor: 'a patient' },
  doctorTitle: 'Dr',
  letter: {
    greeting: 'Hello {name},',
    unnamedGreeting: 'Hello,',
    bundle: {
      title: '{count, plural, one {# update} other {# updates}} from MedFlow',
      body: 'Here is what happened, in order:',
    },
    ways: {
      notifications: { button: 'See my notifications', link: 'See my notifications: {url}' },
      answer: { button: 'Answer the request', link: 'Answer the request: {url}' },
      appointment: { button: 'See the appointment', link: 'See the appointment: {url}' },
      message: { button: 'Read the message', link: 'Read the message: {url}' },
      pay: { button: 'Pay', link: 'Pay: {url}' },
      payments: { button: 'See my payments', link: 'See my payments: {url}' },
      record: { button: 'See my record', link: 'Your record: {url}' },
      rate: { button: 'Give my opinion', link: 'Give my opinion: {url}' },
      verify: { button: 'Confirm my address', link: 'Confirm my address: {url}' },
      recover: { button: 'Choose a password', link: 'Choose a password: {url}' },
      secure: { button: 'It was not me', link: 'It was not me: {url}' },
      signIn: { button: 'Sign in', link: 'Sign in: {url}' },
      reviews: { button: 'Read the review', link: 'Read the review: {url}' },
    },
    footer: 'MedFlow writes to you because you have an account. No medical information is sent by e-mail.',
  },
};
