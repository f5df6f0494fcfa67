import { Anchor, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import type { Appointment } from '../../lib/appointments';
import { googleCalendarUrl, outlookCalendarUrl } from '../../lib/calendar-links';
import { download } from '../../lib/download';
import { doctorName, fullName } from '../../lib/people';
import { toast } from '../../lib/toast';
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
  const [busy, setBusy] = useState(false);
  const { id, doctor, patient, startsAt, endsAt } = appointment;
  const title = t('visit.with', { name: side === 'patient' ? doctorName(doctor, t) : fullName(patient) });
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
        <ActionButton
          size="sm"
          variant="default"
          loading={busy}
          onClick={() => {
            setBusy(true);
            download(`/appointments/${encodeURIComponent(id)}.ics`, `medflow-${startsAt.slice(0, 10)}.ics`)
              .catch(() => toast(t('visit.fileFailed')))
              .finally(() => setBusy(false));
          }}
        >
          {t('visit.file')}
        </ActionButton>
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
