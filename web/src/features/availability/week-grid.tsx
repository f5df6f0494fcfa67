import '@mantine/schedule/styles.css';
import { UnstyledButton } from '@mantine/core';
import { type ScheduleEventData, WeekView } from '@mantine/schedule';
import type { ComponentProps, KeyboardEvent, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../lib/format';
import { DAY_END, endAsTyped, endOfShown, hoursAround, minutesOf, type Span, wallAt } from '../../lib/hours';
import { useOwnDayNames } from '../../lib/schedule';
import type { WeekRange } from './plan';
import { freeOf, hasTime, ofDay, spanOf } from './week';
import classes from './week.module.css';
import type { WeekEditing } from './use-week';
import { useWords } from './use-words';

/** Any week: the plan is that of all of them. */
const MONDAY = '2024-01-01';
const dateOf = (weekday: string): string => addDays(MONDAY, Number(weekday) - 1);
const weekdayOf = (shown: string): string => String(Number(shown.slice(8, 10)));

const STEP_MINUTES = 30;
const FINE_STEP_MINUTES = 15;
const USUAL_HOURS: Span = ['07:00', '20:00'];
/** The grid ends its days a second earlier, and hides what lasts all day. */
const LATEST_SHOWN = '23:59:00';

/** What changes a range is beside the grid, not below it. */
const isBeside = () => window.matchMedia('(min-width: 62rem)').matches;

const hourAfter = (time: string): string => wallAt(Math.min(minutesOf(time) + 60, minutesOf(DAY_END)));

/** The hours of each week, to be drawn, stretched and moved; each range is a button that chooses it. */
export default function WeekGrid({ editing }: { editing: WeekEditing }) {
  const { t } = useTranslation();
  const { dayOf, timesOf, nameOf, priceWords, detailsOf } = useWords();
  const grid = useOwnDayNames();
  const { week, chosen, overlaps } = editing;
  const events: ScheduleEventData<{ range: WeekRange }>[] = week.filter(hasTime).map((range) => {
    const [start, end] = spanOf(range);
    return {
      id: range.key,
      title: nameOf(range),
      start: `${dateOf(range.weekday)} ${start}:00`,
      end: `${dateOf(range.weekday)} ${end === DAY_END ? LATEST_SHOWN : `${end}:00`}`,
      color: range.mode === 'video' ? 'sea' : 'indigo',
      payload: { range },
    };
  });
  const rangeOf = (event: ScheduleEventData) => (event.payload as { range: WeekRange }).range;
  const isOverlap = (range: WeekRange): boolean => overlaps.some((pair) => pair.includes(range));
  const takenAt = (start: string): WeekRange | undefined => {
    const time = start.slice(11, 16);
    return ofDay(week, weekdayOf(start)).find((range) => {
      const [from, to] = spanOf(range);
      return from <= time && time < to;
    });
  };
  const draw = (from: string, to: string) => {
    editing.add(weekdayOf(from), [from.slice(11, 16), endOfShown(to.slice(11))]);
  };
  // Of a press by a key the detail is 0.
  const pressSlot = (start: string, { detail }: MouseEvent) => {
    const taken = takenAt(start);
    const time = start.slice(11, 16);
    const [free] = freeOf(week, weekdayOf(start), [time, hourAfter(time)]);
    if (taken) editing.choose(taken);
    else if (free) editing.add(weekdayOf(start), free);
    if (detail === 0 || !isBeside()) editing.attend();
  };
  const press = (event: ScheduleEventData, { ctrlKey, metaKey, shiftKey, detail }: MouseEvent) => {
    if (ctrlKey || metaKey || shiftKey) return editing.toggle(rangeOf(event));
    editing.choose(rangeOf(event));
    if (detail === 0 || !isBeside()) editing.attend();
  };
  const put = (event: ScheduleEventData, changes: Pick<WeekRange, 'weekday' | 'start' | 'end'>) => {
    editing.edit(rangeOf(event), changes);
    editing.choose(rangeOf(event));
  };
  const stretch = (event: ScheduleEventData, from: string, to: string) => {
    const end = endAsTyped(endOfShown(to.slice(11)));
    put(event, { weekday: weekdayOf(from), start: from.slice(11, 16), end });
  };
  /** As long as it was, where the day is long enough. */
  const move = (event: ScheduleEventData, to: string) => {
    const [start, end] = spanOf(rangeOf(event));
    const newEnd = minutesOf(to.slice(11)) + minutesOf(end) - minutesOf(start);
    if (newEnd > minutesOf(DAY_END)) return;
    put(event, { weekday: weekdayOf(to), start: to.slice(11, 16), end: endAsTyped(wallAt(newEnd)) });
  };
  const pressKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') editing.clear();
    if (event.key === 'Delete' && chosen.length > 0) editing.removeChosen();
  };
  const block = (event: ScheduleEventData, props: ComponentProps<typeof UnstyledButton<'button'>>) => {
    const range = rangeOf(event);
    return (
      <UnstyledButton
        {...props}
        className={`${props.className ?? ''} ${classes.block}`}
        aria-pressed={chosen.includes(range)}
        data-range={range.key}
        data-overlap={isOverlap(range)}
      />
    );
  };
  return (
    <div ref={grid} className={classes.grid} onKeyDown={pressKey}>
      <WeekView
        date={MONDAY}
        events={events}
        withHeader={false}
        withAllDaySlots={false}
        withWeekNumber={false}
        withCurrentTimeIndicator={false}
        weekendDays={[]}
        firstDayOfWeek={1}
        weekdayFormat={(date) => dayOf(weekdayOf(date))}
        classNames={{
          weekView: classes.week!,
          weekViewDayLabel: classes.dayLabel!,
          weekViewDayNumber: classes.number!,
        }}
        eventOverlapMode="cascade"
        {...hoursAround(
          week.filter(hasTime).map((range) => ({ start: spanOf(range)[0], end: spanOf(range)[1] })),
          USUAL_HOURS,
        )}
        intervalMinutes={STEP_MINUTES}
        slotHeight="2.75rem"
        slotLabelFormat={(date) => date.slice(11, 16)}
        getTimeSlotProps={({ start }) => {
          const taken = takenAt(start);
          const place = { day: dayOf(weekdayOf(start)), time: start.slice(11, 16) };
          return {
            'aria-label': taken
              ? t('availability.slotTaken', { ...place, hours: timesOf(taken) })
              : t('availability.slotFree', place),
          };
        }}
        renderEvent={block}
        renderEventBody={(event) => {
          const range = rangeOf(event);
          return (
            <span className={classes.words}>
              <span className="visually-hidden">
                {[nameOf(range), isOverlap(range) && t('availability.overlaps'), detailsOf(range)]
                  .filter(Boolean)
                  .join(', ')}
              </span>
              <strong aria-hidden>{timesOf(range)}</strong>
              {isOverlap(range) && (
                <span aria-hidden className={classes.fault}>
                  {t('availability.overlaps')}
                </span>
              )}
              <span aria-hidden>{priceWords(range)}</span>
              <span aria-hidden>{t(`modes.${range.mode}`)}</span>
            </span>
          );
        }}
        onTimeSlotClick={({ slotStart, nativeEvent }) => pressSlot(slotStart, nativeEvent)}
        withDragSlotSelect
        onSlotDragEnd={draw}
        onEventClick={press}
        withEventResize
        eventResizeInterval={FINE_STEP_MINUTES}
        onEventResize={({ event, newStart, newEnd }) => stretch(event, newStart, newEnd)}
        withEventsDragAndDrop
        eventDragInterval={FINE_STEP_MINUTES}
        onEventDrop={({ event, newStart }) => move(event, newStart)}
      />
    </div>
  );
}
