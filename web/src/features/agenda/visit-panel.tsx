import { Button, CloseButton, Drawer, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AppointmentCard } from '../../components/appointment-card';
import { Failed, Loading } from '../../components/states';
import { type Appointment, useAppointment } from '../../lib/appointments';
import { useNow } from '../../lib/now';
import { fullName } from '../../lib/people';
import { isCancellable, isMovable } from '../../lib/visit';
import { CancelButton, CancelDialog } from '../../components/cancel-dialog';
import { NextStep } from '../../components/next-step';

/** One visit of the agenda and what can be done with it, beside the agenda. */
export function VisitPanel({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const found = useAppointment(id ?? '', id !== undefined);
  const visit = id === undefined ? undefined : found.data;
  const now = useNow();
  const [cancelling, setCancelling] = useState<Appointment>();
  return (
    <>
      <Drawer.Root opened={id !== undefined} onClose={onClose} position="right" transitionProps={{ duration: 0 }}>
        <Drawer.Overlay />
        {/* Mantine's own header would be a second banner on the page. */}
        <Drawer.Content aria-label={visit ? fullName(visit.patient) : t('common.loading')}>
          <Drawer.Body pt="md">
            <Group justify="end" mb="xs">
              <CloseButton aria-label={t('common.close')} onClick={onClose} />
            </Group>
            {!visit && (found.isError ? <Failed error={found.error} retry={found.refetch} /> : <Loading rows={2} />)}
            {visit && (
              <Stack>
                <AppointmentCard appointment={visit} side="doctor" />
                <NextStep appointment={visit} side="doctor" now={now} />
                <Group gap="sm">
                  <Button component={Link} size="sm" variant="default" to={`/appointments/${visit.id}`}>
                    {t('visit.open')}
                  </Button>
                  {isMovable(visit, 'doctor', now) && (
                    <Button component={Link} size="sm" variant="default" to={`/appointments/${visit.id}/move`}>
                      {t('visit.move.offer')}
                    </Button>
                  )}
                  {isCancellable(visit, now) && (
                    <CancelButton appointment={visit} side="doctor" onClick={() => setCancelling(visit)} />
                  )}
                </Group>
              </Stack>
            )}
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
      <CancelDialog appointment={cancelling} side="doctor" onClose={() => setCancelling(undefined)} />
    </>
  );
}
