import { Alert, List } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The required fields that lack, one by one, each a link to its field. */
export function Missing({ fields }: { fields: readonly string[] }) {
  const { t } = useTranslation();
  if (fields.length === 0) return <Alert color="teal" variant="light" title={t('profile.complete')} />;
  return (
    <Alert color="yellow" variant="light" title={t('profile.missing')}>
      <List>
        {fields.map((field) => (
          <List.Item key={field}>
            <a href={`#champ-${field}`} style={{ color: 'inherit' }}>
              {t(`profile.${field}`)}
            </a>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
