import { ActionIcon, Button, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { modes } from '../lib/codes';
import { useDoctor } from '../lib/doctor';
import { dateFormat, dayKey, formatDay, groupByDay, tagOf } from '../lib/format';
import { monthOf, nextMonth, noon, previousMonth } from '../lib/month';
import { type Slot, useSlotsOfMonth } from '../lib/slots';
import { DayTimes } from './day-times';
import { MonthCalendar } from './month-calendar';
import { Failed, Loading } from './states';
import { ZoneChoice } from './zone-choice';

interface BookerProps {
  doctorId: string;
  chosen: Slot | undefined;
  onChoose: (slot: Slot) => void;
  zone: string;
  onZone: (zone: string) => void;
  /** What is shown at first, where the doctor offers it; empty: all. */
  firstMode?: string;
  /** Below the times, once they are known: they would push it away. */
  children?: ReactNode;
}

/** Free slots of a doctor: a month whose free days are marked, and the times of one of them, in a time zone of choice. */
export function Booker({ doctorId, chosen, onChoose, zone, onZone, firstMode = '', children }: BookerProps) {
  const { t, i18n } = useTranslation();
  const title = useId();
  const next = useDoctor(doctorId).data?.nextAvailableAt;
  const today = dayKey(new Date(), zone);
  const nextDay = next && dayKey(next, zone) > today ? dayKey(next, zone) : today;
  const [wanted, setWanted] = useState<string>();
  const [wantedDay, setWantedDay] = useState<string>();
  const [mode, setMode] = useState(firstMode);
  const month = wanted ?? monthOf(nextDay);
  const found = useSlotsOfMonth(doctorId, month);
  const slots = found.data?.slots ?? [];
  const offered = modes.filter((each) => slots.some((slot) => slot.mode === each));
  const shown = offered.includes(mode as Slot['mode']) ? slots.filter((slot) => slot.mode === mode) : slots;
  const days = new Map(groupByDay(shown, zone).filter(([day]) => monthOf(day) === month));
  const day = [wantedDay, chosen && dayKey(chosen.startsAt, zone)].find((each) => each && days.has(each));
  const open = day ?? days.keys().next().value;
  const until = found.data && dayKey(found.data.bookableUntil, zone);
  const monthName = dateFormat(tagOf(i18n.language), { month: 'long', year: 'numeric' }).format(noon(`${month}-01`));
  const turn = (to: string) => setWanted(monthOf(to));
  const mayTurn = until !== undefined && nextMonth(month) <= until;
  // The directory may not know the next slot yet, and a month's last days have none.
  if (wanted === undefined && mayTurn && days.size === 0) turn(nextMonth(month));
  return (
    <Stack gap="xs" className="booker">
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <ActionIcon
          size="lg"
          variant="default"
          aria-label={t('booker.previous')}
          disabled={month <= monthOf(today)}
          onClick={() => turn(previousMonth(month))}
        >
          <span aria-hidden className="turn">
            ‹
          </span>
        </ActionIcon>
        <Text fw={700} id={title} aria-live="polite" tt="capitalize">
          {monthName}
        </Text>
        <ActionIcon
          size="lg"
          variant="default"
          aria-label={t('booker.next')}
          disabled={!mayTurn}
          onClick={() => turn(nextMonth(month))}
        >
          <span aria-hidden className="turn">
            ›
          </span>
        </ActionIcon>
      </Group>
      {found.isError ? (
        <Failed error={found.error} retry={found.refetch} />
      ) : (
        <MonthCalendar
          month={month}
          free={new Map([...days].map(([each, list]) => [each, list.length]))}
          today={today}
          chosen={open}
          onChoose={setWantedDay}
          labelledBy={title}
        />
      )}
      {found.isPending && <Loading rows={3} height={72} />}
      {offered.length > 1 && (
        <SegmentedControl
          fullWidth
          size="sm"
          aria-label={t('directory.mode')}
          value={mode}
          onChange={setMode}
          data={[
            { value: '', label: t('common.all') },
            ...offered.map((value) => ({ value, label: t(`modes.${value}`) })),
          ]}
        />
      )}
      {found.isSuccess && !open && (
        <Stack gap="xs" align="center" py="sm" role="status">
          <Text>{t('booker.none', { month: monthName })}</Text>
          {next && monthOf(nextDay) !== month && (
            <Button variant="light" onClick={() => turn(nextDay)}>
              {t('booker.soonest', { day: formatDay(noon(nextDay), i18n.language) })}
            </Button>
          )}
        </Stack>
      )}
      {open && (
        <section aria-labelledby={`${title}-day`}>
          <Title order={3} size="h5" id={`${title}-day`}>
            {formatDay(noon(open), i18n.language)}
          </Title>
          <DayTimes
            slots={days.get(open)!}
            chosen={chosen}
            onChoose={onChoose}
            zone={zone}
            showsPrice={new Set(shown.map(({ price }) => `${price.amount} ${price.currency}`)).size > 1}
            labelledBy={`${title}-day`}
          />
        </section>
      )}
      {(!found.isPending || wanted !== undefined) && (
        <>
          <ZoneChoice zone={zone} onChange={onZone} />
          {children}
        </>
      )}
    </Stack>
  );
}
