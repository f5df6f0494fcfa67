import { ActionIcon } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
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
        <svg width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.2" aria-hidden>
          <circle cx="11" cy="11" r="7" />
          <path d="m16.5 16.5 4.5 4.5" strokeLinecap="round" />
        </svg>
      </ActionIcon>
      {wanted && (
        <Suspense>
          <Palette opened={opened} pages={links.map(([to, label]) => ({ to, label: t(label) }))} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
