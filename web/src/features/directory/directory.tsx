import { Anchor, Badge, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Avatar } from '../../components/avatar';
import { Page } from '../../components/page';
import { RatingLine } from '../../components/stars';
import { Empty, Failed, Loading } from '../../components/states';
import { useTypedBefore } from '../../first-paint/typed-before';
import { api, type Schemas, dataOf } from '../../lib/api';
import { cityName } from '../../lib/cities';
import { formatMoney } from '../../lib/format';
import { later } from '../../lib/later';
import { usePieceByPiece } from '../../lib/piece-by-piece';
import { doctorName } from '../../lib/people';
import { type FilterName, filterNames, type Filters, useFilters } from './filters';
import { mapTiles } from './map/map-tiles';
import { NextSlots } from './next-slots';

/** Each only for those who see it: the map is more script than the list. */
const DoctorsMap = lazy(() => import('./map/doctors-map'));
const MoreFilters = later(() => import('./more-filters'));

/** As many as fit on the screen of a phone. */
const CARDS_AT_ONCE = 3;

function Entry({ doctor }: { doctor: Schemas['DirectoryList']['items'][number] }) {
  const { t, i18n } = useTranslation();
  const name = doctorName(doctor, t);
  return (
    <li className="card">
      <Group justify="space-between" align="start" gap="sm">
        <Group align="start" gap="sm" wrap="nowrap">
          <Avatar person={doctor} size="card" />
          <Stack gap={4}>
            <Title order={2} size="h3">
              <Anchor component={Link} to={`/doctors/${doctor.id}`} underline="hover" c="inherit" fw={700} size="lg">
                {name}
              </Anchor>
            </Title>
            <Group gap={6}>
              {doctor.specializations.map((code) => (
                <Badge key={code} variant="light" size="lg" tt="none">
                  {t(`specializations.${code}`)}
                </Badge>
              ))}
            </Group>
            <RatingLine average={doctor.rating.average} count={doctor.rating.count} none={t('directory.noReviews')} />
            <Text className="quiet">
              {cityName(doctor.city, i18n.language)} ·{' '}
              {doctor.languages.map((code) => t(`languages.${code}`)).join(', ')}
            </Text>
          </Stack>
        </Group>
        <Stack align="end" gap="xs">
          <Text fw={700} size="lg">
            {formatMoney(doctor.price, i18n.language)}
          </Text>
          <Button
            component={Link}
            to={`/doctors/${doctor.id}`}
            size="sm"
            variant="light"
            aria-label={`${t('directory.see')}, ${name}`}
          >
            {t('directory.see')}
          </Button>
        </Stack>
      </Group>
      {doctor.nextAvailableAt ? (
        <NextSlots doctor={{ id: doctor.id, nextAvailableAt: doctor.nextAvailableAt }} name={name} />
      ) : (
        <Text size="sm">{t('directory.noNext')}</Text>
      )}
    </li>
  );
}

/** Nothing was found: the same search with one condition less. */
function Wider({ filters, drop }: { filters: Filters; drop: (name: FilterName) => void }) {
  const { t } = useTranslation();
  const labels: Partial<Record<FilterName, string>> = {
    q: `« ${filters.q} »`,
    specialization: t('directory.specialization'),
    city: t('directory.city'),
    language: t('directory.spoken'),
    maxPrice: t('directory.maxPrice'),
    mode: t('directory.mode'),
  };
  const conditions = filterNames.filter((name) => filters[name] && labels[name]);
  if (conditions.length < 2) return null;
  return (
    <Group gap="xs" justify="center">
      {conditions.map((name) => (
        <Button key={name} variant="light" size="sm" onClick={() => drop(name)}>
          {t('booker.without', { condition: labels[name] })}
        </Button>
      ))}
    </Group>
  );
}

export default function Directory() {
  const { t } = useTranslation();
  const { filters, change, clear } = useFilters();
  const wide = useMediaQuery('(min-width: 56rem)', true, { getInitialValueInEffect: false });
  // On a phone they are seen once they are asked for.
  const [withFilters, setWithFilters] = useState(wide);
  const tiles = useMemo(() => mapTiles(), []);
  const withMap = useMediaQuery('(min-width: 80rem)', false, { getInitialValueInEffect: false }) && tiles !== undefined;
  const before = useTypedBefore();
  const [text, setText] = useState(before.text ?? filters.q ?? '');
  const [typed] = useDebouncedValue(text, 300);
  useEffect(() => {
    if (typed !== (filters.q ?? '')) change('q', typed);
  }, [typed]);
  const doctors = useInfiniteQuery({
    queryKey: ['directory', filters],
    queryFn: ({ pageParam, signal }) => {
      const { maxPrice, ...others } = filters;
      const query = {
        ...others,
        ...(maxPrice && { maxPrice: Number(maxPrice) }),
        ...(pageParam && { cursor: pageParam }),
      };
      return dataOf(api.GET('/doctors', { params: { query: query as never }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const items = doctors.data?.pages.flatMap((page) => page.items) ?? [];
  const drawn = usePieceByPiece(items.length, CARDS_AT_ONCE);
  return (
    <Page title={t('directory.title')}>
      <div className="directory" data-map={withMap || undefined}>
        <form
          role="search"
          aria-label={t('directory.filters')}
          className="card filters"
          onSubmit={(event) => event.preventDefault()}
        >
          <Stack gap="sm">
            <TextInput
              label={t('directory.query')}
              type="search"
              autoFocus={before.isTyping}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <details
              className="more-filters"
              open={wide}
              onToggle={({ currentTarget: { open } }) => open && setWithFilters(true)}
            >
              <summary>{t('directory.filters')}</summary>
              {withFilters && (
                <Suspense fallback={<Loading rows={6} height={68} />}>
                  <MoreFilters
                    filters={filters}
                    change={change}
                    clear={() => {
                      setText('');
                      clear();
                    }}
                  />
                </Suspense>
              )}
            </details>
          </Stack>
        </form>
        <section aria-label={t('directory.results')} aria-busy={doctors.isFetching}>
          {doctors.isPending && <Loading rows={4} height={130} />}
          {doctors.isError && <Failed error={doctors.error} retry={doctors.refetch} />}
          {doctors.isSuccess && items.length === 0 && (
            <Empty title={t('directory.none')} text={t('directory.noneText')}>
              <Wider
                filters={filters}
                drop={(name) => {
                  if (name === 'q') setText('');
                  change(name, '');
                }}
              />
            </Empty>
          )}
          <Text size="sm" className="quiet" mb="xs" role="status">
            {items.length > 0 && t('booker.found', { count: items.length })}
          </Text>
          <ul className="list">
            {items.slice(0, drawn).map((doctor) => (
              <Entry key={doctor.id} doctor={doctor} />
            ))}
          </ul>
          {doctors.hasNextPage && drawn === items.length && (
            <ActionButton
              mt="md"
              fullWidth
              variant="default"
              loading={doctors.isFetchingNextPage}
              onClick={() => void doctors.fetchNextPage()}
            >
              {t('common.more')}
            </ActionButton>
          )}
        </section>
        {withMap && (
          <Suspense fallback={<Loading rows={1} height={420} />}>
            <DoctorsMap tiles={tiles} doctors={items} chosen={filters.city} onChoose={(city) => change('city', city)} />
          </Suspense>
        )}
      </div>
    </Page>
  );
}
