import { Button, NativeSelect, NumberInput, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { cities, cityName } from '../../lib/cities';
import { modes, specializations, spokenLanguages } from '../../lib/codes';
import type { FilterName, Filters } from './filters';

const MILLIMES = 1000;

interface MoreFiltersProps {
  filters: Filters;
  change: (name: FilterName, value: string) => void;
  clear: () => void;
}

export default function MoreFilters({ filters, change, clear }: MoreFiltersProps) {
  const { t, i18n } = useTranslation();
  const options = (codes: readonly string[], prefix: string) => [
    { value: '', label: t('common.all') },
    ...codes.map((code) => ({ value: code, label: t(`${prefix}.${code}`) })),
  ];
  return (
    <Stack gap="sm">
      <NativeSelect
        label={t('directory.specialization')}
        data={options(specializations, 'specializations')}
        value={filters.specialization ?? ''}
        onChange={(event) => change('specialization', event.currentTarget.value)}
      />
      <NativeSelect
        label={t('directory.city')}
        data={[
          { value: '', label: t('common.all') },
          ...cities.map((city) => ({ value: city, label: cityName(city, i18n.language) })),
        ]}
        value={filters.city ?? ''}
        onChange={(event) => change('city', event.currentTarget.value)}
      />
      <NativeSelect
        label={t('directory.spoken')}
        data={options(spokenLanguages, 'languages')}
        value={filters.language ?? ''}
        onChange={(event) => change('language', event.currentTarget.value)}
      />
      <NumberInput
        size="md"
        label={t('directory.maxPrice')}
        min={0}
        max={10_000}
        hideControls
        value={filters.maxPrice ? Number(filters.maxPrice) / MILLIMES : ''}
        onChange={(value) => change('maxPrice', value === '' ? '' : String(Math.round(Number(value) * MILLIMES)))}
      />
      <NativeSelect
        label={t('directory.mode')}
        data={options(modes, 'modes')}
        value={filters.mode ?? ''}
        onChange={(event) => change('mode', event.currentTarget.value)}
      />
      <NativeSelect
        label={t('directory.sort')}
        data={['relevance', 'price', 'availability', 'rating'].map((sort) => ({
          value: sort === 'relevance' ? '' : sort,
          label: t(`directory.sorts.${sort}`),
        }))}
        value={filters.sort ?? ''}
        onChange={(event) => change('sort', event.currentTarget.value)}
      />
      <Button variant="default" onClick={clear}>
        {t('directory.clear')}
      </Button>
    </Stack>
  );
}
