import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** In which time zone times are shown, and a way to another. */
export function ZoneChoice({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  if (isOpen) {
    const zones = Intl.supportedValuesOf('timeZone');
    return (
      <NativeSelect
        size="sm"
        autoFocus
        label={t('booker.zone')}
        // Some name themselves by an alias (« UTC ») that is not in the list.
        data={zones.includes(zone) ? zones : [zone, ...zones]}
        value={zone}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <Group gap="xs" justify="space-between" wrap="nowrap">
      <Text size="sm" className="quiet">
        {t('common.zone', { zone })}
      </Text>
      <Button size="compact-sm" variant="subtle" aria-label={t('booker.changeZone')} onClick={() => setIsOpen(true)}>
        {t('booker.change')}
      </Button>
    </Group>
  );
}
