import { Anchor, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../lib/appointments';
import { googleCalendarUrl, outlookCalendarUrl } from '../../lib/calendar-links';
import { doctorName, fullName } from '../../lib/people';
import type { Side } from '../../lib/visit';

/** Takes the visit into the reader's own calendar; why somebody comes is left out, for others' calendars are not ours. */
export function AddToCalendar({
  appointment,
  side,
  place,
}: {
  appointment: Appointment;
  side: Side;
  place: string | undefined;
}) {
  const { t } = useTranslation();
  const { doctor, patient, startsAt, endsAt } = appointment;
  const title =
    side === 'patient' ? t('visit.with', { name: doctorName(doctor, t) }) : t('visit.of', { name: fullName(patient) });
  const entry = { title, startsAt, endsAt, place };
  const others = [
    ['Google Agenda', googleCalendarUrl(entry)],
    ['Outlook', outlookCalendarUrl(entry)],
  ] as const;
  return (
    <section className="card" aria-labelledby="calendrier">
      <Title order={2} size="h5" id="calendrier" mb="sm">
        {t('visit.calendar')}
      </Title>
      <Stack gap="xs" align="start">
        {others.map(([name, url]) => (
          <Anchor key={name} href={url} target="_blank" rel="noreferrer" underline="always">
            {name}
            <span className="visually-hidden"> ({t('visit.newWindow')})</span>
          </Anchor>
        ))}
      </Stack>
    </section>
  );
}
