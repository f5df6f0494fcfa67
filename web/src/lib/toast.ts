import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { createElement } from 'react';
import { Link } from 'react-router';

/**
 * A short word that something is done; screen readers hear it (role alert) and it goes by itself.
 * @param to the page of what it is about
 */
export function toast(message: string, title?: string, id?: string, to?: string): void {
  const shown = notifications.show({
    ...(id && { id }),
    title,
    message: to
      ? createElement(Link, { className: 'subject', to, onClick: () => void notifications.hide(shown) }, message)
      : message,
    autoClose: title ? 8000 : 4000,
    closeButtonProps: { 'aria-label': i18next.t('common.close') },
  });
}
