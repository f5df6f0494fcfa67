import { Group, Modal, type ModalRootProps, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

interface DialogProps extends Pick<ModalRootProps, 'size' | 'centered' | 'yOffset'> {
  title: string;
  /** By default for as long as it is drawn. */
  opened?: boolean;
  /** Stands at the title's end. */
  beside?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** What has to be answered before the page goes on; Escape and a click outside close it. */
export function Dialog({ title, opened = true, beside, children, ...frame }: DialogProps) {
  return (
    <Modal.Root opened={opened} centered transitionProps={{ duration: 0 }} {...frame}>
      <Modal.Overlay />
      {/* Mantine's own header would be a second banner on the page. */}
      <Modal.Content>
        <Modal.Body pt="md">
          <Stack>
            <Group justify="space-between" wrap="nowrap">
              <Modal.Title fw={700}>{title}</Modal.Title>
              {beside}
            </Group>
            {children}
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
