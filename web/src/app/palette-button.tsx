import { ActionIcon } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PageLink } from './links';

const Palette = lazy(() => import('../features/palette/palette'));

/** Opens the palette, as Ctrl-K and ⌘-K do wherever one is, whatever script the keyboard writes. */
export function PaletteButton({ links }: { links: PageLink[] }) {
  const { t } = useTranslation();
  const [opened, { open, close, toggle }] = useDisclosure(false);
  // Stays once it was there: closing it gives the focus back to where it was.
  const [wanted, setWanted] = useState(false);
  if (opened && !wanted) setWanted(true);
  useHotkeys([['mod+K', toggle, { usePhysicalKeys: true }]], []);
  return (
    <>
      <ActionIcon
        size="lg"
        variant="subtle"
        aria-label={t('patients.palette.open')}
        aria-keyshortcuts="Control+K Meta+K"
        aria-haspopup="dialog"
        onClick={open}
      >
        <IconSearch aria-hidden size={18} />
      </ActionIcon>
      {wanted && (
        <Suspense>
          <Palette opened={opened} pages={links.map(([to, label]) => ({ to, label: t(label) }))} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
