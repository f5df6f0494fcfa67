import { Tabs } from '@mantine/core';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../components/states';
import { useAppointment } from '../../lib/appointments';
import type { Side } from '../../lib/visit';
import { visitPanelsFor } from '../../lib/visit-panels';
import type { VisitState } from '../../lib/waiting';
import type { VisitAccess } from './calls';
import { NotePanel } from './note-panel';
import { PeoplePanel } from './people-panel';
import styles from './visit.module.css';

/** Beside the video: the doctor's note first, then what other parts of the client bring, and who takes part. */
export function SidePanel({ access, state, side }: { access: VisitAccess; state: VisitState; side: Side | 'guest' }) {
  const { t } = useTranslation();
  const { appointmentId } = access;
  const { data } = useAppointment(appointmentId, side !== 'guest');
  const others = side === 'guest' ? [] : visitPanelsFor(side);
  const isDoctor = side === 'doctor';
  return (
    <aside className={`card ${styles.panel}`} aria-label={t('call.panels.label')}>
      <Tabs defaultValue={isDoctor ? 'note' : (others[0]?.name ?? 'people')} keepMounted={false}>
        <Tabs.List mb="sm">
          {isDoctor && <Tabs.Tab value="note">{t('call.panels.note')}</Tabs.Tab>}
          {others.map(({ name, label }) => (
            <Tabs.Tab key={name} value={name}>
              {t(label)}
            </Tabs.Tab>
          ))}
          <Tabs.Tab value="people">{t('call.panels.people')}</Tabs.Tab>
        </Tabs.List>
        {isDoctor && (
          <Tabs.Panel value="note">
            {data ? <NotePanel appointmentId={appointmentId} patientId={data.patient.id} /> : <Loading rows={1} />}
          </Tabs.Panel>
        )}
        {others.map(({ name, component: Other }) => (
          <Tabs.Panel key={name} value={name}>
            {data && (
              <Suspense fallback={<Loading rows={1} />}>
                <Other appointmentId={appointmentId} doctorId={data.doctor.id} patientId={data.patient.id} />
              </Suspense>
            )}
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="people">
          <PeoplePanel access={access} state={state} isDoctor={isDoctor} />
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}
