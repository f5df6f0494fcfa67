import { Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { Empty, Failed, Loading } from '../../components/states';
import { formatMoney } from '../../lib/format';
import { type AppliedRules, useRules } from '../../lib/rules';

function Sentences({ rules }: Pick<AppliedRules, 'rules'>) {
  const { t } = useTranslation();
  return (
    <Stack component="ol" gap="sm" p={0} m={0}>
      {rules.map(({ id, sentence, source }) => (
        <li key={id} className="card" style={{ listStyle: 'none' }}>
          <Text>{sentence}</Text>
          <Text size="sm" className="quiet" mt="xs">
            {t('rules.source')} : <cite lang="fr">{source.title}</cite>
          </Text>
        </li>
      ))}
    </Stack>
  );
}

function Fees({ feeRanges }: Pick<AppliedRules, 'feeRanges'>) {
  const { t, i18n } = useTranslation();
  if (feeRanges.length === 0) return null;
  return (
    <section aria-labelledby="honoraires">
      <Title order={2} mt="lg" id="honoraires">
        {t('rules.fees')}
      </Title>
      <Text className="quiet" mb="sm">
        {t('rules.feesHint')}
      </Text>
      <Table aria-labelledby="honoraires">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('rules.specialty')}</Table.Th>
            <Table.Th scope="col">{t('rules.range')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {feeRanges.map(({ specialization, currency, from, to }) => (
            <Table.Tr key={`${specialization} ${currency}`}>
              <Table.Td>{t(`specializations.${specialization}`)}</Table.Td>
              <Table.Td>
                {formatMoney({ amount: from, currency }, i18n.language)} –{' '}
                {formatMoney({ amount: to, currency }, i18n.language)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

/** What the country asks of this installation, for those who work with it. */
export default function Rules() {
  const { t, i18n } = useTranslation();
  const { data, isPending, isError, error, refetch } = useRules();
  return (
    <Page title={t('nav.rules')}>
      {isPending && <Loading />}
      {isError && <Failed error={error} retry={refetch} />}
      {data && data.country === null && <Empty title={t('rules.none')} text={t('rules.noneHint')} />}
      {data && data.country !== null && (
        <>
          <Text mb="xs">{t('rules.lead')}</Text>
          <Text mb="md" fw={600}>
            {t('rules.country', { name: new Intl.DisplayNames(i18n.language, { type: 'region' }).of(data.country) })}
          </Text>
          <Sentences rules={data.rules} />
          <Fees feeRanges={data.feeRanges} />
        </>
      )}
    </Page>
  );
}
