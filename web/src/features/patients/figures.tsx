import { useTranslation } from 'react-i18next';
import { formatDayTime, formatMoney } from '../../lib/format';
import type { Patient } from '../../lib/patients';

/** What the visits of a patient come to, each under its name. */
export function PatientFigures({ patient, withVisits = false }: { patient: Patient; withVisits?: boolean }) {
  const { t, i18n } = useTranslation();
  const { visits, lastVisitAt, nextVisitAt, noShows, due } = patient;
  const when = (instant: string | null) => (instant ? formatDayTime(instant, i18n.language) : t('patients.never'));
  const owed = due.map((money) => formatMoney(money, i18n.language)).join(' + ');
  const figures: [string, string, boolean][] = [
    ...(withVisits ? [['visits', String(visits), false] as [string, string, boolean]] : []),
    ['lastVisit', when(lastVisitAt), false],
    ['nextVisit', when(nextVisitAt), false],
    ['noShows', String(noShows), noShows > 0],
    ['due', owed || t('patients.nothingDue'), owed !== ''],
  ];
  return (
    <dl className="figures">
      {figures.map(([name, value, isNotable]) => (
        <div key={name} data-notable={isNotable}>
          <dt>{t(`patients.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
