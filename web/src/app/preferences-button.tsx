import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';

/** In the words of the language that it is for another one of. */
export function PreferencesButton(props: ButtonProps & Omit<ComponentProps<'button'>, keyof ButtonProps>) {
  const { t, i18n } = useTranslation();
  const language = i18n.language.toUpperCase();
  return (
    <Button
      size="compact-md"
      variant="subtle"
      aria-label={`${language}, ${t('common.language')}, ${t('common.theme')}`}
      {...props}
    >
      {language}
    </Button>
  );
}
