import { Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

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
  useEffect(() => {
    document.title = `${title} · MedFlow`;
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
