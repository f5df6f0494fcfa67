import { useTranslation } from 'react-i18next';
import { formatMoney, leftToRight } from '../../lib/format';
import { priceOf, type WeekRange } from './plan';
import { hasTime, spanOf } from './week';

/** What a range of the week is called. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const days = t('availability.weekdays', { returnObjects: true }) as unknown as string[];
  const dayOf = (weekday: string): string => days[Number(weekday) - 1] ?? '';
  const timesOf = (range: WeekRange): string =>
    hasTime(range) ? leftToRight(spanOf(range).join('–')) : t('availability.noTime');
  const nameOf = (range: WeekRange): string => `${dayOf(range.weekday)} ${timesOf(range)}`;
  const priceWords = (range: WeekRange): string => {
    const price = priceOf(range);
    return price ? formatMoney(price, i18n.language) : t('availability.noPrice');
  };
  const detailsOf = (range: WeekRange): string =>
    [priceWords(range), t(`modes.${range.mode}`), t('availability.minutes', { minutes: range.slotMinutes })].join(
      ' · ',
    );
  return { dayOf, timesOf, nameOf, priceWords, detailsOf };
}
