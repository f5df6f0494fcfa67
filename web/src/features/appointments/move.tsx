import { Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Booker } from '../../components/booker';
import { Page } from '../../components/page';
import { ExaminationDialog } from '../../components/examination-dialog';
import { SlotTaken } from '../../components/slot-taken';
import { Empty, Failed, Loading, WriteProblem } from '../../components/states';
import { type Appointment, type DoctorSays, useAppointment, useAppointmentStep } from '../../lib/appointments';
import { formatDayTime, viewerZone } from '../../lib/format';
import { useNow } from '../../lib/now';
import { ProblemError } from '../../lib/problems';
import { useSession } from '../../lib/session';
import type { Slot } from '../../lib/slots';
import { toast } from '../../lib/toast';
import { isMovable, type Side } from '../../lib/visit';

/** What choosing another slot means, before one is chosen. */
function Rules({ appointment, side }: { appointment: Appointment; side: Side }) {
  const { t, i18n } = useTranslation();
  return (
    <dl className="facts card">
      <dt>{t('visit.move.now')}</dt>
      <dd>{formatDayTime(appointment.startsAt, i18n.language)}</dd>
      <dt>{t('visit.move.rule')}</dt>
      <dd>
        {side === 'doctor'
          ? t('visit.move.proposes')
          : t('visit.move.free', { until: formatDayTime(appointment.policy.movableUntil, i18n.language) })}
      </dd>
    </dl>
  );
}

function Move({ appointment, side }: { appointment: Appointment; side: Side }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const step = useAppointmentStep();
  const [slot, setSlot] = useState<Slot>();
  const [zone, setZone] = useState(viewerZone);
  const { id, doctor } = appointment;
  const refusal = step.error instanceof ProblemError ? step.error.code : undefined;
  const taken = step.error instanceof ProblemError && step.error.code === 'slot-taken' ? step.error : undefined;
  const choose = (chosen: Slot) => {
    step.reset();
    setSlot(chosen);
  };
  const move = ({ id: slotId }: Slot, says?: DoctorSays) =>
    step.mutate(
      { appointment, step: { name: 'reschedule', slotId, ...(says && { says }) } },
      {
        onSuccess: ({ status, proposal }) => {
          toast(t(`visit.move.${proposal ? 'proposed' : status === 'accepted' ? 'done' : 'asked'}`));
          void navigate(`/appointments/${id}`, { replace: true });
        },
        onSettled: () => void queries.invalidateQueries({ queryKey: ['slots', doctor.id] }),
      },
    );
  return (
    <Stack className="medium">
      <Rules appointment={appointment} side={side} />
      <section className="card" aria-labelledby="creneaux">
        <Title order={2} size="h4" id="creneaux" mb="sm">
          {t('doctor.slots')}
        </Title>
        <Booker doctorId={doctor.id} chosen={slot} onChoose={choose} zone={zone} onZone={setZone} />
      </section>
      {taken ? <SlotTaken problem={taken} onChoose={choose} /> : <WriteProblem error={step.error} />}
      {refusal === 'examination-required' && slot && (
        <Checkbox
          label={t('booking.examined')}
          description={t('booking.examinedHint')}
          checked={false}
          onChange={() => move(slot, { examinedBefore: true })}
        />
      )}
      <ExaminationDialog
        opened={refusal === 'examination-unconfirmed' && slot !== undefined}
        confirm={t('visit.move.propose')}
        pending={step.isPending}
        error={undefined}
        onClose={step.reset}
        onConfirm={(says) => slot && move(slot, says)}
      />
      <div className="card sticky-bottom">
        <Text size="sm" mb={6} role="status">
          {slot
            ? t('visit.move.to', { when: formatDayTime(slot.startsAt, i18n.language, zone) })
            : t('visit.move.none')}
        </Text>
        <Group>
          <ActionButton
            disabled={!slot || taken !== undefined}
            loading={step.isPending}
            onClick={() => slot && move(slot)}
          >
            {t(side === 'doctor' ? 'visit.move.propose' : 'visit.move.confirm')}
          </ActionButton>
          <Button variant="default" component={Link} to={`/appointments/${id}`}>
            {t('visit.move.keep')}
          </Button>
        </Group>
      </div>
    </Stack>
  );
}

/** `/appointments/:id/move`: another slot of the same doctor for it. */
export default function MovePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const now = useNow();
  const side: Side = useSession().account?.role === 'doctor' ? 'doctor' : 'patient';
  const { data, isError, error, refetch } = useAppointment(id);
  return (
    <Page title={t('visit.move.title')}>
      {data ? (
        isMovable(data, side, now) ? (
          <Move appointment={data} side={side} />
        ) : (
          <Empty title={t('visit.move.tooLate')}>
            <Button component={Link} to={`/appointments/${id}`}>
              {t('visit.open')}
            </Button>
          </Empty>
        )
      ) : isError ? (
        <Failed error={error} retry={refetch} />
      ) : (
        <Loading rows={2} height={160} />
      )}
    </Page>
  );
}
