import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentProps } from 'react';

type Props = ButtonProps & Omit<ComponentProps<'button'>, keyof ButtonProps | 'ref'>;

/** A button that keeps the focus while what it began is under way: browsers take it from disabled ones. */
export function ActionButton({ loading = false, disabled = false, onClick, ...props }: Props) {
  return (
    <Button
      {...props}
      loading={loading}
      disabled={disabled}
      renderRoot={(root) => (
        <button
          {...root}
          disabled={disabled}
          aria-disabled={loading || undefined}
          onClick={(event) => (loading ? event.preventDefault() : onClick?.(event))}
        />
      )}
    />
  );
}
