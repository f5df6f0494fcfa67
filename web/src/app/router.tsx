import { lazy } from 'react';
import { createBrowserRouter } from 'react-router';
import { Directory, DoctorPage } from '../first-paint/first-page';
import { Home } from '../features/home/home';
import { Crash } from './crash';
import { formerRoutes } from './former-paths';
import { For } from './guard';
import { NotFound } from './not-found';
import { Shell } from './shell';

const Confirm = lazy(() => import('../features/booking/confirm'));
const SignInPage = lazy(() => import('../features/auth/sign-in'));
const SignUpPage = lazy(() => import('../features/auth/sign-up'));
const Appointments = lazy(() => import('../features/appointments/appointments'));
const AppointmentPage = lazy(() => import('../features/appointments/appointment'));
const MovePage = lazy(() => import('../features/appointments/move'));
const PayPage = lazy(() => import('../features/payments/pay'));
const Payments = lazy(() => import('../features/payments/history'));
const Methods = lazy(() => import('../features/payments/methods'));
const Income = lazy(() => import('../features/income/income'));
const Rate = lazy(() => import('../features/feedback/rate'));
const DoctorReviews = lazy(() => import('../features/feedback/doctor-reviews'));
const Moderation = lazy(() => import('../features/feedback/moderation'));
const Dashboard = lazy(() => import('../features/dashboard/dashboard'));
const Profile = lazy(() => import('../features/profile/profile'));
const Availability = lazy(() => import('../features/availability/availability'));
const Requests = lazy(() => import('../features/requests/requests'));
const Agenda = lazy(() => import('../features/agenda/agenda'));
const Patients = lazy(() => import('../features/patients/patients'));
const PatientPage = lazy(() => import('../features/patients/patient'));
const Onboarding = lazy(() => import('../features/profile/onboarding'));
const VerifyEmail = lazy(() => import('../features/email/verify-email'));
const ForgotPassword = lazy(() => import('../features/auth/forgot-password'));
const ResetPassword = lazy(() => import('../features/auth/reset-password'));
const ChangePassword = lazy(() => import('../features/auth/change-password'));
const Accounts = lazy(() => import('../features/accounts/accounts'));
const Verification = lazy(() => import('../features/verification/verification'));
const NotificationsPage = lazy(() => import('../features/notifications/notifications-page'));

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
      { path: '/forgot-password', element: <ForgotPassword /> },
      { path: '/reset-password', element: <ResetPassword /> },
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
          { path: '/appointments', element: <Appointments /> },
          { path: '/appointments/:id', element: <AppointmentPage /> },
          { path: '/appointments/:id/move', element: <MovePage /> },
        ],
      },
      {
        element: <For roles={['patient']} />,
        children: [
          { path: '/appointments/:id/pay', element: <PayPage /> },
          { path: '/appointments/:id/rate', element: <Rate /> },
          { path: '/payments', element: <Payments /> },
          { path: '/payment-methods', element: <Methods /> },
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
          { path: '/availability', element: <Availability /> },
          { path: '/reviews', element: <DoctorReviews /> },
          { path: '/income', element: <Income /> },
        ],
      },
      {
        element: <For roles={['admin']} />,
        children: [
          { path: '/verifications', element: <Verification /> },
          { path: '/moderation', element: <Moderation /> },
          { path: '/accounts', element: <Accounts /> },
        ],
      },
      ...formerRoutes,
      { path: '*', element: <NotFound /> },
    ],
  },
]);
