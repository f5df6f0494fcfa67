import { Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { rescueFocus } from '../lib/focus';

/** A page's heading, which is also the document's title. */
export function Page({
  title,
  children,
  hideTitle = false,
}: {
  title: string;
  children: ReactNode;
  hideTitle?: boolean;
}) {
  const shown = useRef(title);
  useEffect(() => {
    document.title = `${title} · MedFlow`;
    // The result of what was done here, and the button that did it is gone.
    if (shown.current !== title) rescueFocus();
    shown.current = title;
  }, [title]);
  return (
    <>
      {!hideTitle && (
        <Title order={1} mb="md">
          {title}
        </Title>
      )}
      {children}
    </>
  );
}
