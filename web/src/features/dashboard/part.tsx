import { Button, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';

/** A part of a dashboard with its heading. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h4" id={id} mb="sm">
        {title}
      </Title>
      <Stack gap="sm">{children}</Stack>
    </section>
  );
}

/** In the place of a part whose service is down; the rest is shown. */
export function Unavailable({ title }: { title?: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <Stack className="card" align="start" gap="xs" role="status">
      {title && <Text fw={600}>{title}</Text>}
      <Text className="quiet">{t('dashboard.unavailable')}</Text>
      <Button size="sm" variant="default" onClick={() => void queries.invalidateQueries({ queryKey: ['dashboard'] })}>
        {t('common.retry')}
      </Button>
    </Stack>
  );
}

export function Quiet({ children }: { children: ReactNode }) {
  return (
    <Text className="card quiet" component="p" m={0}>
      {children}
    </Text>
  );
}
