import { Alert, Button, Group, List, NativeSelect, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { WriteProblem } from '../../components/states';
import { api, dataOf } from '../../lib/api';
import type { Appointment } from '../../lib/appointments';
import { formatTime, majorOf, parseAmount } from '../../lib/format';
import { endAsTyped, endOfTyped, shareTime } from '../../lib/hours';
import { modes } from '../../lib/codes';
import { fullName } from '../../lib/people';
import { type Availability, useDoctorProfile, useSave } from '../../lib/profile';
import { weekOn } from '../../lib/seasons';
import { toast } from '../../lib/toast';
import { wallTime } from '../../lib/wall-time';
import { blocked, isAway, opened, type Range } from './ranges';

interface HoursDialogProps {
  plan: Availability;
  range: Range;
  appointments: readonly Appointment[];
  onClose: () => void;
}

const FIRST_CURRENCY = 'TND';

/** Takes a part of a day out of the plan, or offers it, as it was drawn in the agenda or is typed. */
export function HoursDialog({ plan, range, appointments, onClose }: HoursDialogProps) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const profile = useDoctorProfile();
  const last = weekOn(plan, range.date).at(-1) ?? plan.weekly.at(-1) ?? plan.dates.at(-1);
  const usual = last?.price ?? profile.data?.consultationPrice;
  const currency = usual?.currency ?? FIRST_CURRENCY;
  const [typed, setTyped] = useState(range);
  const [what, setWhat] = useState<'block' | 'open'>(isAway(plan, range) ? 'open' : 'block');
  const [mode, setMode] = useState(last?.mode ?? 'video');
  const [minutes, setMinutes] = useState(String(last?.slotMinutes ?? 30));
  const [price, setPrice] = useState(usual ? majorOf(usual.amount, currency) : '');
  const [faults, setFaults] = useState<Partial<Record<keyof Range | 'price' | 'minutes', string>>>({});
  const save = useSave(
    ['availability'],
    (next: Availability, header) => {
      const { version: _, ...body } = next;
      return dataOf(api.PUT('/doctors/me/availability', { body: body as never, params: { header } }));
    },
    () => plan.version,
  );
  const change = (field: 'date' | 'start') => (event: { currentTarget: { value: string } }) =>
    setTyped({ ...typed, [field]: event.currentTarget.value });
  const inRange = appointments.filter(({ startsAt, endsAt, status }) => {
    const [start, end] = [wallTime(startsAt, plan.timeZone), wallTime(endsAt, plan.timeZone)];
    const isComing = status === 'accepted' || status === 'requested';
    return (
      isComing &&
      start.slice(0, 10) === typed.date &&
      shareTime([start.slice(11, 16), end.slice(11, 16)], [typed.start, typed.end])
    );
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const amount = parseAmount(price, currency);
    const found = {
      ...(!typed.date && { date: t('agenda.hours.missing') }),
      ...(!typed.start && { start: t('agenda.hours.missing') }),
      ...((!typed.end || typed.end <= typed.start) && { end: t('agenda.hours.badEnd') }),
      ...(what === 'open' && amount === undefined && { price: t('agenda.hours.badPrice') }),
      ...(what === 'open' && !(Number(minutes) > 0) && { minutes: t('agenda.hours.missing') }),
    };
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    const hours = { slotMinutes: Number(minutes), mode, price: { amount: amount ?? 0, currency } };
    save.mutate(what === 'block' ? blocked(plan, typed) : opened(plan, typed, hours), {
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: ['slots'] });
        onClose();
        toast(t(`agenda.hours.${what === 'block' ? 'blocked' : 'opened'}`));
      },
    });
  };
  return (
    <Dialog title={t('agenda.hours.title')} onClose={onClose}>
      <form noValidate onSubmit={submit}>
        <Stack>
          <SegmentedControl
            fullWidth
            aria-label={t('agenda.hours.title')}
            value={what}
            onChange={(value) => setWhat(value as 'block' | 'open')}
            data={(['block', 'open'] as const).map((value) => ({ value, label: t(`agenda.hours.${value}`) }))}
          />
          <TextInput
            type="date"
            label={t('availability.date')}
            value={typed.date}
            error={faults.date}
            onChange={change('date')}
          />
          <Group grow align="start">
            <TextInput
              type="time"
              label={t('availability.start')}
              value={typed.start}
              error={faults.start}
              onChange={change('start')}
            />
            <TextInput
              type="time"
              label={t('availability.end')}
              value={endAsTyped(typed.end)}
              error={faults.end}
              onChange={(event) => setTyped({ ...typed, end: endOfTyped(event.currentTarget.value) })}
            />
          </Group>
          {what === 'open' && (
            <Group grow align="start">
              <NativeSelect
                label={t('availability.mode')}
                data={modes.map((value) => ({ value, label: t(`modes.${value}`) }))}
                value={mode}
                onChange={(event) => setMode(event.currentTarget.value as typeof mode)}
              />
              <TextInput
                type="number"
                label={t('availability.slot')}
                value={minutes}
                error={faults.minutes}
                onChange={(event) => setMinutes(event.currentTarget.value)}
              />
              <TextInput
                label={`${t('availability.price')} (${currency})`}
                inputMode="decimal"
                value={price}
                error={faults.price}
                onChange={(event) => setPrice(event.currentTarget.value)}
              />
            </Group>
          )}
          {what === 'block' && inRange.length > 0 && (
            <Alert color="orange" variant="light" title={t('agenda.hours.booked')}>
              <List>
                {inRange.map((visit) => (
                  <List.Item key={visit.id}>
                    {formatTime(visit.startsAt, i18n.language, plan.timeZone)} {fullName(visit.patient)} ·{' '}
                    <Link className="subject" to={`/appointments/${visit.id}/move`}>
                      {t('agenda.hours.move')}
                    </Link>
                  </List.Item>
                ))}
              </List>
            </Alert>
          )}
          <WriteProblem inForm error={save.error} />
          <Group>
            <ActionButton type="submit" loading={save.isPending}>
              {t(`agenda.hours.${what}`)}
            </ActionButton>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
