import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PlanForm } from './plan';

/** The seven days beside one another, as patients will meet them. */
export function WeekGrid({ weekly }: { weekly: PlanForm['weekly'] }) {
  const { t } = useTranslation();
  const days = t('availability.weekdays', { returnObjects: true }) as unknown as string[];
  return (
    <section aria-labelledby="apercu">
      <Title order={2} size="h4" id="apercu" mb="xs">
        {t('availability.grid')}
      </Title>
      <div className="week-grid" role="group" tabIndex={0} aria-labelledby="apercu">
        {days.map((day, index) => (
          <div key={day} className="week-day">
            <strong>{day}</strong>
            {weekly
              .filter(({ weekday }) => Number(weekday) === index + 1)
              .sort((a, b) => a.start.localeCompare(b.start))
              .map((rule, position) => (
                <div key={position}>
                  <bdi>
                    {rule.start}–{rule.end}
                  </bdi>
                  <br />
                  {rule.slotMinutes} min · {rule.price || '?'}
                </div>
              ))}
          </div>
        ))}
      </div>
    </section>
  );
}
