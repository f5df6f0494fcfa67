import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '../components/page';
import { Empty } from '../components/states';

/** A fault of ours, or a chunk of an older release that is no longer there. */
export function Crash() {
  const { t } = useTranslation();
  return (
    <main>
      <Page title={t('crash.title')}>
        <Empty title={t('crash.text')}>
          <Button onClick={() => window.location.reload()}>{t('crash.reload')}</Button>
        </Empty>
      </Page>
    </main>
  );
}
