import type { Appointment } from '../lib/appointments';
import { useAnswers } from './answers';
import { AppointmentCard } from './appointment-card';

/** Requests with what a doctor may say to them. */
export function RequestAnswers({ appointments }: { appointments: readonly Appointment[] }) {
  const { buttonsFor, problem, dialog } = useAnswers();
  return (
    <>
      {problem}
      {appointments.map((appointment) => (
        <AppointmentCard key={appointment.id} appointment={appointment} side="doctor">
          {buttonsFor(appointment, 'sm')}
        </AppointmentCard>
      ))}
      {dialog}
    </>
  );
}
