import { Alert, Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../lib/problems';

/** What a person reads of an error: the server's own words, or that there is no connection. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (error instanceof ProblemError && error.code === 'offline') return t('common.offline');
    return (error instanceof ProblemError && error.message) || t('common.failed');
  };
}

export function Loading({ rows = 3, height = 92 }: { rows?: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-busy="true">
      <span className="visually-hidden">{t('common.loading')}</span>
      <Stack gap="sm" aria-hidden>
        {Array.from({ length: rows }, (_, row) => (
          <Skeleton key={row} height={height} radius="lg" />
        ))}
      </Stack>
    </div>
  );
}

export function Failed({ error, retry }: { error: unknown; retry: () => unknown }) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  return (
    <Alert color="red" variant="light" title={t('common.failed')} role="alert">
      <Stack align="start" gap="sm">
        <span>{textOf(error)}</span>
        <Button size="sm" variant="default" onClick={() => void retry()}>
          {t('common.retry')}
        </Button>
      </Stack>
    </Alert>
  );
}

/**
 * Why a write failed, beside its form, which keeps what was typed.
 * @param inForm sends the form that it is in once more, where that may help
 */
export function WriteProblem({ error, inForm = false }: { error: unknown; inForm?: boolean }) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  if (!error) return null;
  const again = inForm && error instanceof ProblemError && error.isTemporary;
  return (
    <Alert color="red" variant="light" role="alert">
      <Stack align="start" gap="sm">
        <span>{textOf(error)}</span>
        {again && (
          <Button type="submit" size="sm" variant="default">
            {t('common.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

export function Empty({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <Stack align="center" gap="xs" py="xl" className="card" ta="center">
      <svg width="112" height="84" viewBox="0 0 112 84" aria-hidden="true">
        <rect x="14" y="16" width="84" height="60" rx="10" fill="var(--mantine-color-sea-light)" />
        <path d="M14 34h84" stroke="var(--mantine-color-sea-light-color)" strokeWidth="3" opacity=".4" />
        <path
          d="M34 8v14M78 8v14"
          stroke="var(--mantine-color-sea-light-color)"
          strokeWidth="5"
          strokeLinecap="round"
        />
        <path
          d="M30 56h12l6-12 9 22 6-14 3 4h16"
          fill="none"
          stroke="var(--mantine-color-sea-light-color)"
          strokeWidth="4"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <Title order={2} size="h3">
        {title}
      </Title>
      {text && <Text className="quiet">{text}</Text>}
      {children}
    </Stack>
  );
}
