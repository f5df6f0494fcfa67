import { Alert, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Page } from '../../components/page';
import { Failed, Loading } from '../../components/states';
import { api, dataOf } from '../../lib/api';
import { formatDay } from '../../lib/format';
import { outcomeOf, type Verified } from './outcome';

const colors = { genuine: 'teal', withdrawn: 'orange', unknown: 'red' } as const;

function Result({ paper }: { paper: Verified }) {
  const { t, i18n } = useTranslation();
  const outcome = outcomeOf(paper);
  return (
    <Stack>
      <Alert color={colors[outcome]} variant="light" role="status" title={t(`verify.${outcome}`)}>
        {t(`verify.${outcome}Text`, { installation: paper.installation })}
      </Alert>
      {paper.genuine && paper.kind && paper.issuedBy && paper.issuedAt && (
        <Stack className="card" gap="xs">
          <Text>{t(`verify.kinds.${paper.kind}`)}</Text>
          <Text>{t('verify.by', { name: paper.issuedBy.name })}</Text>
          {paper.issuedBy.licenceNumber && <Text>{t('verify.licence', { number: paper.issuedBy.licenceNumber })}</Text>}
          <Text>{t('verify.on', { day: formatDay(paper.issuedAt, i18n.language) })}</Text>
        </Stack>
      )}
      {paper.signedWith && <Text size="sm">{t(`verify.signedWith.${paper.signedWith}`)}</Text>}
    </Stack>
  );
}

/** `/verify/:code`, behind the QR code of a paper: for anybody who holds it. */
export default function VerifyPaper() {
  const { t } = useTranslation();
  const { code = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['verify', code],
    queryFn: () => dataOf(api.GET('/verify/{code}', { params: { path: { code } } })),
  });
  return (
    <div className="narrow">
      <Page title={t('verify.title')}>
        {data ? (
          <Result paper={data} />
        ) : error ? (
          <Failed error={error} retry={() => void refetch()} />
        ) : (
          <Loading rows={1} />
        )}
      </Page>
    </div>
  );
}
