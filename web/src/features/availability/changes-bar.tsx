import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import classes from './week.module.css';

/** What is not published yet, always in sight; its button sends the form that it is in. */
export function ChangesBar({ count, isPending, onUndo }: { count: number; isPending: boolean; onUndo: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={`sticky-bottom ${classes.bar}`} data-shown={count > 0}>
      <strong role="status">{count > 0 && t('availability.changes', { count })}</strong>
      {count > 0 && (
        <Group gap="xs" wrap="nowrap">
          <Button variant="default" size="sm" px="sm" onClick={onUndo}>
            {t('availability.undo')}
          </Button>
          <ActionButton type="submit" size="sm" px="sm" loading={isPending}>
            {t('availability.publish')}
          </ActionButton>
        </Group>
      )}
    </div>
  );
}
