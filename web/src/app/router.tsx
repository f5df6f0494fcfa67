import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { Directory, DoctorPage } from '../first-paint/first-page';
import { Home } from '../features/home/home';
import { recordTexts } from '../lib/i18n/record';
import { callTexts } from '../lib/i18n/call';
import { rulesTexts } from '../lib/i18n/rules';
import { later } from '../lib/later';
import { addVisitPanel } from '../lib/visit-panels';
import { Crash } from './crash';
import { formerRoutes } from './former-paths';
import { For } from './guard';
import { NotFound } from './not-found';
import { Shell } from './shell';

const Confirm = later(() => import('../features/booking/confirm'));
const SignInPage = later(() => import('../features/auth/sign-in'));
const SignUpPage = later(() => import('../features/auth/sign-up'));
const Appointments = later(() => import('../features/appointments/appointments'));
const AppointmentPage = later(() => import('../features/appointments/appointment'));
const MovePage = later(() => import('../features/appointments/move'));
const PayPage = later(() => import('../features/payments/pay'));
const Payments = later(() => import('../features/payments/history'));
const Methods = later(() => import('../features/payments/methods'));
const Income = later(() => import('../features/income/income'));
const Rate = later(() => import('../features/feedback/rate'));
const DoctorReviews = later(() => import('../features/feedback/doctor-reviews'));
const Moderation = later(() => import('../features/feedback/moderation'));
const Dashboard = later(() => import('../features/dashboard/dashboard'));
const Profile = later(() => import('../features/profile/profile'));
const Availability = later(() => import('../features/availability/availability'));
const Requests = later(() => import('../features/requests/requests'));
const Agenda = later(() => import('../features/agenda/agenda'));
const Patients = later(() => import('../features/patients/patients'));
const PatientPage = later(() => import('../features/patients/patient'));
const Onboarding = later(() => import('../features/profile/onboarding'));
const VerifyEmail = later(() => import('../features/email/verify-email'));
const VerifyPaper = later(() => import('../features/verify/verify-paper'));
const ForgotPassword = later(() => import('../features/auth/forgot-password'));
const ResetPassword = later(() => import('../features/auth/reset-password'));
const ChangePassword = later(() => import('../features/auth/change-password'));
const Accounts = later(() => import('../features/accounts/accounts'));
const Verification = later(() => import('../features/verification/verification'));
const ShareRecord = later(() => import('../features/record-exchange/share-record'));
const SharedSummary = later(() => import('../features/shared-summary/shared-summary'));
const Messages = later(() => import('../features/messages/messages'));
const ConversationPage = later(() => import('../features/messages/conversation'));
/** With the texts of its own. */
const VisitPage = later(async () => (await Promise.all([import('../features/visit/visit-page'), callTexts()]))[0]);
const GuestPage = later(async () => (await Promise.all([import('../features/visit/guest-page'), callTexts()]))[0]);
const Rules = later(async () => (await Promise.all([import('../features/rules/rules'), rulesTexts()]))[0]);
const NotificationsPage = later(() => import('../features/notifications/notifications-page'));

/** With the texts that only pages of the medical record need. */
const ofRecord = <Props = object,>(page: () => Promise<{ default: ComponentType<Props> }>) =>
  later(async () => (await Promise.all([page(), recordTexts()]))[0]);
const OwnRecord = ofRecord(() => import('../features/record/own-record'));
const AccessLog = ofRecord(() => import('../features/record/access-log'));
const PatientRecord = ofRecord(() => import('../features/record/patient-record'));
const AddEntry = ofRecord(() => import('../features/record/add-entry'));
const CorrectEntry = ofRecord(() => import('../features/record/correct-entry'));
const EmergencyNumber = ofRecord(() => import('../features/record/emergency-number'));
const Emergencies = ofRecord(() => import('../features/record/emergencies'));

addVisitPanel({
  name: 'record',
  label: 'call.panels.record',
  sides: ['doctor'],
  component: ofRecord(() => import('../features/record/visit-panel')),
});
addVisitPanel({
  name: 'messages',
  label: 'call.panels.messages',
  sides: ['doctor', 'patient'],
  component: later(() => import('../features/messages/visit-panel')),
});

/** The first page comes with the first load, every other when it is needed. */
export const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <Crash />,
    children: [
      { path: '/', element: <Home /> },
      { path: '/doctors', element: <Directory /> },
      { path: '/doctors/:id', element: <DoctorPage /> },
      { path: '/doctors/:id/book', element: <Confirm /> },
      { path: '/sign-in', element: <SignInPage /> },
      { path: '/sign-up', element: <SignUpPage /> },
      { path: '/verify-email', element: <VerifyEmail /> },
      { path: '/verify/:code', element: <VerifyPaper /> },
      { path: '/forgot-password', element: <ForgotPassword /> },
      { path: '/visit/guest/:token', element: <GuestPage /> },
      { path: '/reset-password', element: <ResetPassword /> },
      { path: '/shl', element: <SharedSummary /> },
      {
        element: <For roles={['patient', 'doctor', 'admin']} />,
        children: [
          { path: '/notifications', element: <NotificationsPage /> },
          { path: '/password', element: <ChangePassword /> },
        ],
      },
      {
        element: <For roles={['patient', 'doctor']} />,
        children: [
          { path: '/dashboard', element: <Dashboard /> },
          { path: '/profile', element: <Profile /> },
          { path: '/messages', element: <Messages /> },
          { path: '/messages/:id', element: <ConversationPage /> },
          { path: '/appointments', element: <Appointments /> },
          { path: '/appointments/:id', element: <AppointmentPage /> },
          { path: '/appointments/:id/move', element: <MovePage /> },
          { path: '/visit/:appointmentId', element: <VisitPage /> },
        ],
      },
      {
        element: <For roles={['patient']} />,
        children: [
          { path: '/appointments/:id/pay', element: <PayPage /> },
          { path: '/appointments/:id/rate', element: <Rate /> },
          { path: '/record', element: <OwnRecord /> },
          { path: '/record/access', element: <AccessLog /> },
          { path: '/payments', element: <Payments /> },
          { path: '/payment-methods', element: <Methods /> },
          { path: '/record/share', element: <ShareRecord /> },
        ],
      },
      {
        element: <For roles={['doctor']} />,
        children: [
          { path: '/get-started', element: <Onboarding /> },
          { path: '/requests', element: <Requests /> },
          { path: '/agenda', element: <Agenda /> },
          { path: '/patients', element: <Patients /> },
          { path: '/patients/:id', element: <PatientPage /> },
          { path: '/patients/:id/record', element: <PatientRecord /> },
          { path: '/patients/:id/record/add', element: <AddEntry /> },
          { path: '/patients/:id/record/:entryId/correct', element: <CorrectEntry /> },
          { path: '/emergency', element: <EmergencyNumber /> },
          { path: '/availability', element: <Availability /> },
          { path: '/reviews', element: <DoctorReviews /> },
          { path: '/income', element: <Income /> },
        ],
      },
      { element: <For roles={['doctor', 'admin']} />, children: [{ path: '/rules', element: <Rules /> }] },
      {
        element: <For roles={['admin']} />,
        children: [
          { path: '/verifications', element: <Verification /> },
          { path: '/moderation', element: <Moderation /> },
          { path: '/accounts', element: <Accounts /> },
          { path: '/admin/emergencies', element: <Emergencies /> },
        ],
      },
      ...formerRoutes,
      { path: '*', element: <NotFound /> },
    ],
  },
]);
