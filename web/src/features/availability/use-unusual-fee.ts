import { useTranslation } from 'react-i18next';
import { usualInstead } from '../../lib/fees';
import { formatMoney, parseAmount } from '../../lib/format';
import { useDoctorProfile } from '../../lib/profile';
import { useRules } from '../../lib/rules';

/** What to say of a price as typed that is not usual for the doctor’s specialties; undefined: nothing. */
export function useUnusualFee(text: string, currency: string): string | undefined {
  const { t, i18n } = useTranslation();
  const { data: rules } = useRules();
  const { data: doctor } = useDoctorProfile(true);
  const amount = parseAmount(text, currency);
  if (amount === undefined || !rules || !doctor) return undefined;
  const usual = usualInstead(amount, currency, doctor.specializations, rules.feeRanges);
  const money = (value: number) => formatMoney({ amount: value, currency }, i18n.language);
  const ranges = usual?.map(({ from, to }) => `${money(from)} – ${money(to)}`);
  return ranges && t('availability.unusualFee', { ranges: [...new Set(ranges)].join(', ') });
}
