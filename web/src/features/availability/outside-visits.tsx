import { Button, Group, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { WriteProblem } from '../../components/states';
import type { Appointment } from '../../lib/appointments';
import { formatDayTime } from '../../lib/format';
import { fullName } from '../../lib/people';

/** @param isLeaving a press on « move » leaves the page, instead of opening another one beside what is not published yet */
export function OutsideVisits({
  visits,
  zone,
  isLeaving,
}: {
  visits: readonly Appointment[];
  zone: string;
  isLeaving: boolean;
}) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <Text mb="xs">{t('availability.outside.text', { count: visits.length })}</Text>
      <List>
        {visits.map((visit) => (
          <List.Item key={visit.id}>
            {formatDayTime(visit.startsAt, i18n.language, zone)} · {fullName(visit.patient)} ·{' '}
            <Link to={`/appointments/${visit.id}/move`} {...(!isLeaving && { target: '_blank', rel: 'noopener' })}>
              {t('availability.outside.move')}
              <span className="visually-hidden"> {fullName(visit.patient)}</span>
            </Link>
          </List.Item>
        ))}
      </List>
    </>
  );
}

/** What is booked where the new hours are not: published only once that was seen. */
export function OutsideDialog({
  visits,
  zone,
  isPending,
  error,
  onPublish,
  onClose,
}: {
  visits: readonly Appointment[];
  zone: string;
  isPending: boolean;
  error: unknown;
  onPublish: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const title = t('availability.outside.title', { count: visits.length });
  return (
    <Dialog title={title} onClose={onClose}>
      <div>
        <OutsideVisits visits={visits} zone={zone} isLeaving={false} />
      </div>
      <WriteProblem error={error} />
      <Group>
        <ActionButton loading={isPending} onClick={onPublish}>
          {t('availability.outside.publish')}
        </ActionButton>
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </Group>
    </Dialog>
  );
}
