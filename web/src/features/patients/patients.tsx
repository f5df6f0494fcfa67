import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Page } from '../../components/page';
import { PatientLink } from '../../components/patient-link';
import { Empty, Failed, Loading } from '../../components/states';
import { usePatients } from '../../lib/patients';
import { PatientFigures } from './figures';

const MOST_LETTERS = 100;

/** What is looked for lives in the address, so that it comes back with the back button. */
function useSearch() {
  const [search, setSearch] = useSearchParams();
  const asked = search.get('q') ?? '';
  const [text, setText] = useState(asked);
  const [typed] = useDebouncedValue(text.trim(), 250);
  useEffect(() => {
    if (typed !== asked) setSearch(typed ? { q: typed } : {}, { replace: true });
  }, [typed]);
  return { asked, text, setText };
}

/** `/patients`: everybody who has or had an appointment with the doctor, the latest first. */
export default function Patients() {
  const { t } = useTranslation();
  const { asked, text, setText } = useSearch();
  const list = usePatients(asked);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isEmpty = list.isSuccess && items.length === 0;
  return (
    <Page title={t('patients.title')}>
      <Stack>
        <form role="search" aria-label={t('patients.search')} onSubmit={(event) => event.preventDefault()}>
          <TextInput
            type="search"
            label={t('patients.search')}
            description={t('patients.searchHint')}
            maxLength={MOST_LETTERS}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </form>
        <Text role="status" size="sm" className="quiet">
          {list.isSuccess && items.length > 0 && t('patients.found', { count: items.length })}
          {isEmpty && asked && t('patients.noneFound')}
        </Text>
        {list.isPending && <Loading rows={5} height={96} />}
        {list.isError && <Failed error={list.error} retry={list.refetch} />}
        {isEmpty &&
          (asked ? (
            <Empty title={t('patients.noneFound')} text={t('patients.noneFoundText')}>
              <Button variant="default" onClick={() => setText('')}>
                {t('patients.clear')}
              </Button>
            </Empty>
          ) : (
            <Empty title={t('patients.none')} text={t('patients.noneText')} />
          ))}
        {items.length > 0 && (
          <ul className="list" aria-busy={list.isPlaceholderData}>
            {items.map((patient) => (
              <li key={patient.id} className="card patient">
                <Text fw={700} size="lg" dir="auto">
                  <PatientLink patient={patient} />
                </Text>
                <PatientFigures patient={patient} />
              </li>
            ))}
          </ul>
        )}
        {list.hasNextPage && (
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.more')}
          </Button>
        )}
      </Stack>
    </Page>
  );
}
