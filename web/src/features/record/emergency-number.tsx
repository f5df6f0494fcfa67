import { Button, Stack, Text, TextInput } from '@mantine/core';
import { IconUrgent } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { Page } from '../../components/page';

/** `/emergency`: from the number on an emergency card, typed or scanned, to the record that it stands for. */
export default function EmergencyNumber() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [number, setNumber] = useState(search.get('number') ?? '');
  const [missing, setMissing] = useState(false);
  const go = (event: FormEvent) => {
    event.preventDefault();
    const id = number.replace(/\s/g, '');
    setMissing(id === '');
    if (id !== '') void navigate(`/patients/${encodeURIComponent(id)}/record`);
  };
  return (
    <Page title={t('record.emergency.title')}>
      <form className="card medium" noValidate onSubmit={go}>
        <Stack align="start">
          <Text>{t('record.emergency.lead')}</Text>
          <TextInput
            w="100%"
            label={t('record.emergency.number')}
            description={t('record.emergency.numberHint')}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={80}
            value={number}
            error={missing ? t('common.required') : undefined}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
          <Button type="submit" leftSection={<IconUrgent aria-hidden size={18} />}>
            {t('record.emergency.find')}
          </Button>
        </Stack>
      </form>
    </Page>
  );
}
