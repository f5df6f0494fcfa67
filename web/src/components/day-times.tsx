import { Button } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoney, formatTime } from '../lib/format';
import type { Slot } from '../lib/slots';

interface DayTimesProps {
  slots: readonly Slot[];
  chosen: Slot | undefined;
  onChoose: (slot: Slot) => void;
  zone: string;
  /** Where slots cost differently. */
  showsPrice: boolean;
  labelledBy: string;
}

/** The times of a day, one of which is chosen; by keyboard as one control (WAI-ARIA, radio group in a toolbar). */
export function DayTimes({ slots, chosen, onChoose, zone, showsPrice, labelledBy }: DayTimesProps) {
  const { t, i18n } = useTranslation();
  const reached = slots.find(({ id }) => id === chosen?.id) ?? slots[0];
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const forward = i18n.dir() === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const by = [forward, 'ArrowDown'].includes(event.key) ? 1 : event.key.startsWith('Arrow') ? -1 : 0;
    if (by === 0) return;
    const times = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=radio]')];
    const at = times.indexOf(document.activeElement as HTMLElement);
    event.preventDefault();
    times[(at + by + times.length) % times.length]?.focus();
  };
  return (
    <div className="slots" role="radiogroup" aria-labelledby={labelledBy} onKeyDown={onKeyDown}>
      {slots.map((slot) => (
        <Button
          key={slot.id}
          role="radio"
          aria-checked={slot.id === chosen?.id}
          tabIndex={slot === reached ? 0 : -1}
          h="auto"
          py={6}
          px={4}
          data-at={slot.startsAt}
          variant={slot.id === chosen?.id ? 'filled' : 'default'}
          onClick={() => onChoose(slot)}
        >
          <span>
            <strong>{formatTime(slot.startsAt, i18n.language, zone)}</strong>
            <br />
            <small>{t(`modes.${slot.mode}`)}</small>
            {showsPrice && (
              <>
                <br />
                <small>{formatMoney(slot.price, i18n.language)}</small>
              </>
            )}
          </span>
        </Button>
      ))}
    </div>
  );
}
