import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** A short word that something is done; screen readers hear it (role alert) and it goes by itself. */
export function toast(message: string, title?: string, id?: string): void {
  notifications.show({
    ...(id && { id }),
    title,
    message,
    autoClose: title ? 8000 : 4000,
    closeButtonProps: { 'aria-label': i18next.t('common.close') },
  });
}
