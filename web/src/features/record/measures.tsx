import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FigureCard } from '../../components/figure-card';
import { Empty, Failed, Loading } from '../../components/states';
import { dateFormat, tagOf } from '../../lib/format';
import { useVitals, type Vitals } from './calls';
import styles from './record.module.css';
import { domainOf, measuredText, numberText, rowsOf, seriesOf, unitText } from './vitals';

/** Of the Okabe–Ito palette. */
const colors = { value: '#0072b2', systolic: '#d55e00', diastolic: '#0072b2' };

function Chart({ vitals }: { vitals: Vitals }) {
  const { t, i18n } = useTranslation();
  const { measure, unit, reference, items } = vitals;
  const names = seriesOf(measure);
  const nameOf = (name: (typeof names)[number]) => t(`record.${name}`);
  const range = ({ from, to }: { from: number; to: number }) =>
    t('record.range', {
      from: numberText(from, i18n.language),
      to: numberText(to, i18n.language),
      unit: unitText(unit),
    });
  const usual = names.flatMap((name) => {
    const known = reference[name];
    return known ? [names.length > 1 ? `${nameOf(name)} : ${range(known)}` : range(known)] : [];
  });
  const last = items.at(-1)!;
  const day = dateFormat(tagOf(i18n.language), { day: 'numeric', month: 'long', year: 'numeric' });
  return (
    <FigureCard
      kind="line"
      title={`${t(`record.measures.${measure}`)} (\u2066${unitText(unit)}\u2069)`}
      rowsAre={t('record.date')}
      rows={rowsOf(vitals, i18n.language)}
      series={names.map((name) => ({ key: name, name: nameOf(name), color: colors[name] }))}
      bands={names.flatMap((name) => (reference[name] ? [{ ...reference[name], color: colors[name] }] : []))}
      domain={domainOf(vitals)}
      isRightToLeft={i18n.language === 'ar'}
      format={(value) => numberText(value, i18n.language)}
    >
      <Text size="sm">
        {t('record.last', {
          value: measuredText(last, unit, i18n.language),
          when: day.format(new Date(last.at)),
        })}
      </Text>
      {usual.length > 0 && (
        <Text size="sm" className="quiet" mb="xs">
          {t('record.reference', { range: usual.join(' · ') })}
        </Text>
      )}
    </FigureCard>
  );
}

/** What was measured, over time. */
export function Measures({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const all = useVitals(patientId);
  if (all.isPending) return <Loading rows={2} height={300} />;
  if (all.isError) return <Failed error={all.error} retry={all.refetch} />;
  const measured = all.data.filter(({ items }) => items.length > 0);
  const others = all.data.filter(({ items }) => items.length === 0);
  if (measured.length === 0) return <Empty title={t('record.noMeasures')} text={t('record.noMeasuresText')} />;
  return (
    <>
      <div className={styles.charts}>
        {measured.map((vitals) => (
          <Chart key={vitals.measure} vitals={vitals} />
        ))}
      </div>
      {others.length > 0 && (
        <Text size="sm" className="quiet" mt="md">
          {t('record.notMeasured', {
            names: others.map(({ measure }) => t(`record.measures.${measure}`)).join(', '),
          })}
        </Text>
      )}
    </>
  );
}
