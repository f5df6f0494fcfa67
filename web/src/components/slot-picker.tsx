import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Failed, Loading } from './states';
import { api, type Schemas, dataOf } from '../lib/api';
import { addDays, dayKey, formatDay, formatMoney, formatTime, groupByDay, viewerZone } from '../lib/format';

export type Slot = Schemas['SlotView'];

const DAYS = 7;
/** As many as come at once: a week of most doctors in one page. */
const LIMIT = 400;

/** All free slots that start in the period, page after page. */
async function slotsBetween(doctorId: string, from: Date, to: Date, signal: AbortSignal): Promise<Slot[]> {
  const slots: Slot[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const period = { from: from.toISOString(), to: to.toISOString(), limit: LIMIT };
    const query = { ...period, ...(cursor && { cursor }) } as never;
    const call = api.GET('/doctors/{id}/slots', { params: { path: { id: doctorId }, query }, signal });
    const page: Schemas['SlotList'] = await dataOf(call);
    slots.push(...page.items);
    cursor = page.nextCursor;
  }
  return slots;
}

/** Free slots of a doctor by day, in the viewer's time zone, a week at a time. */
export function SlotPicker({
  doctorId,
  chosen,
  onChoose,
}: {
  doctorId: string;
  chosen: Slot | undefined;
  onChoose: (slot: Slot) => void;
}) {
  const { t, i18n } = useTranslation();
  const [from, setFrom] = useState(dayKey(new Date()));
  const slots = useQuery({
    queryKey: ['slots', doctorId, from],
    queryFn: ({ signal }) => {
      const start = new Date(`${from}T00:00:00`);
      return slotsBetween(doctorId, start, new Date(start.getTime() + DAYS * 86_400_000), signal);
    },
  });
  const days = groupByDay(slots.data ?? []);
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <Button
          size="sm"
          variant="default"
          disabled={from <= dayKey(new Date())}
          onClick={() => setFrom(addDays(from, -DAYS))}
        >
          {t('doctor.previous')}
        </Button>
        <Button size="sm" variant="default" onClick={() => setFrom(addDays(from, DAYS))}>
          {t('doctor.nextWeek')}
        </Button>
      </Group>
      <Text size="sm" className="quiet">
        {t('common.zone', { zone: viewerZone() })}
      </Text>
      {slots.isPending && <Loading rows={3} height={70} />}
      {slots.isError && <Failed error={slots.error} retry={slots.refetch} />}
      {slots.isSuccess && days.length === 0 && <Empty title={t('doctor.noSlots')} text={t('doctor.noSlotsText')} />}
      {days.map(([day, list]) => (
        <section key={day} aria-labelledby={`jour-${day}`}>
          <Title order={3} size="h5" id={`jour-${day}`}>
            {formatDay(list[0]!.startsAt, i18n.language)}
          </Title>
          <ul className="slots">
            {list.map((slot) => (
              <li key={slot.id}>
                <Button
                  fullWidth
                  h="auto"
                  py={6}
                  px={4}
                  variant={slot.id === chosen?.id ? 'filled' : 'default'}
                  aria-pressed={slot.id === chosen?.id}
                  onClick={() => onChoose(slot)}
                >
                  <span>
                    <span className="visually-hidden">{formatDay(slot.startsAt, i18n.language)}, </span>
                    <strong>{formatTime(slot.startsAt, i18n.language)}</strong>
                    <br />
                    <small>{formatMoney(slot.price, i18n.language)}</small>
                    <br />
                    <small>{t(`modes.${slot.mode}`)}</small>
                  </span>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Stack>
  );
}
