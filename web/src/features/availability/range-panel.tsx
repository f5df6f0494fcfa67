import { Button, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { modes } from '../../lib/codes';
import { toast } from '../../lib/toast';
import { CopyDay } from './copy-day';
import { faultOfPrice, type WeekRange } from './plan';
import { ofDay, weekdays } from './week';
import classes from './week.module.css';
import { useUnusualFee } from './use-unusual-fee';
import type { WeekEditing } from './use-week';
import { useWords } from './use-words';

/** More are seen where they are chosen. */
const MOST_NAMED = 4;

type Field = 'weekday' | 'start' | 'end' | 'slotMinutes' | 'mode' | 'price';

/** Changes the ranges that are chosen, all at once. */
export function RangePanel({ editing, isList }: { editing: WeekEditing; isList: boolean }) {
  const { t } = useTranslation();
  const { nameOf } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const { chosen, attention } = editing;
  useEffect(() => {
    if (attention === 0) return;
    heading.current?.focus({ preventScroll: true });
    const { top } = heading.current!.getBoundingClientRect();
    if (top < 0 || top > innerHeight / 2) heading.current!.parentElement!.scrollIntoView();
  }, [attention]);
  const [first] = chosen;
  const title =
    first && chosen.length === 1 ? nameOf(first) : t('availability.panel.several', { count: chosen.length });
  return (
    <section className={`card ${classes.panel}`} aria-labelledby="plages-choisies">
      <Title order={3} size="h5" id="plages-choisies" ref={heading} tabIndex={-1}>
        {first ? title : t('availability.panel.none')}
      </Title>
      {first ? (
        <Stack gap="sm" mt="xs">
          {chosen.length > 1 && chosen.length <= MOST_NAMED && (
            <Text size="sm" className="quiet">
              {chosen.map(nameOf).join(', ')}
            </Text>
          )}
          <Fields editing={editing} />
          <ChooseMore editing={editing} first={first} />
          <Steps key={first.weekday} editing={editing} first={first} />
        </Stack>
      ) : (
        <Stack gap="xs" mt="xs">
          {!isList && <Text size="sm">{t('availability.panel.draw')}</Text>}
          <Text size="sm">{t(`availability.panel.${isList ? 'chooseInList' : 'choose'}`)}</Text>
        </Stack>
      )}
    </section>
  );
}

function Fields({ editing }: { editing: WeekEditing }) {
  const { t, i18n } = useTranslation();
  const { dayOf } = useWords();
  const { chosen } = editing;
  const isMixed = (field: Field) => chosen.some((range) => range[field] !== chosen[0]![field]);
  const fieldOf = (field: Field) => ({
    size: 'sm',
    value: isMixed(field) ? '' : chosen[0]![field],
    description: isMixed(field) ? t('availability.panel.mixed') : undefined,
    error: editing.faultOf(chosen, field),
    onChange: (event: { currentTarget: { value: string } }) =>
      editing.editChosen({ [field]: event.currentTarget.value }),
  });
  const options = (field: Field, choices: { value: string; label: string }[]) =>
    isMixed(field) ? [{ value: '', label: '—' }, ...choices] : choices;
  const currencies = [...new Set(chosen.map(({ currency }) => currency))];
  const price = fieldOf('price');
  const fault = faultOfPrice({ price: price.value, currency: currencies[0]! }, i18n.language);
  const unusual = useUnusualFee(price.value, currencies[0]!);
  return (
    <>
      <NativeSelect
        label={t('availability.day')}
        data={options(
          'weekday',
          weekdays.map((value) => ({ value, label: dayOf(value) })),
        )}
        {...fieldOf('weekday')}
      />
      <SimpleGrid cols={2} spacing="sm">
        <TextInput type="time" step={300} label={t('availability.start')} {...fieldOf('start')} />
        <TextInput type="time" step={300} label={t('availability.end')} {...fieldOf('end')} />
        <TextInput
          type="number"
          min={5}
          max={480}
          step={5}
          label={t('availability.slot')}
          {...fieldOf('slotMinutes')}
        />
        <TextInput
          inputMode="decimal"
          label={`${t('availability.price')} (${currencies.join(', ')})`}
          {...price}
          description={unusual ?? price.description}
          error={fault ? t(fault.key, fault.values ?? {}) : price.error}
        />
      </SimpleGrid>
      <NativeSelect
        label={t('availability.mode')}
        data={options(
          'mode',
          modes.map((value) => ({ value, label: t(`modes.${value}`) })),
        )}
        {...fieldOf('mode')}
      />
    </>
  );
}

/** What is often changed together, one press away. */
function ChooseMore({ editing: { week, chosen, choose }, first }: { editing: WeekEditing; first: WeekRange }) {
  const { t } = useTranslation();
  const groups = {
    sameDay: week.filter(({ weekday }) => weekday === first.weekday),
    sameHours: week.filter(({ start, end }) => start === first.start && end === first.end),
    all: week,
  };
  const wider = (['sameDay', 'sameHours', 'all'] as const).filter((name) =>
    groups[name].some((range) => !chosen.includes(range)),
  );
  if (wider.length === 0) return null;
  return (
    <div role="group" aria-labelledby="choisir-aussi">
      <Text size="sm" fw={600} id="choisir-aussi" mb={4}>
        {t('availability.panel.also')}
      </Text>
      <Group gap={6}>
        {wider.map((name) => (
          <Button key={name} size="compact-sm" variant="default" onClick={() => choose(...chosen, ...groups[name])}>
            {t(`availability.panel.${name}`)}
          </Button>
        ))}
      </Group>
    </div>
  );
}

function Steps({ editing, first }: { editing: WeekEditing; first: WeekRange }) {
  const { t } = useTranslation();
  const [isCopying, setCopying] = useState(false);
  const isOneDay = editing.chosen.every(({ weekday }) => weekday === first.weekday);
  if (isCopying && isOneDay)
    return (
      <CopyDay
        from={first.weekday}
        onCopy={(to) => {
          editing.copyDay(first.weekday, to);
          setCopying(false);
          editing.choose(...ofDay(editing.week, first.weekday));
          editing.attend();
          toast(t('availability.panel.copied'));
        }}
        onClose={() => setCopying(false)}
      />
    );
  const close = () => {
    editing.clear();
    document.querySelector<HTMLElement>(`[data-range="${first.key}"]`)?.focus();
  };
  return (
    <Group gap="xs">
      {isOneDay && (
        <Button size="compact-sm" variant="default" onClick={() => setCopying(true)}>
          {t('availability.panel.copy')}
        </Button>
      )}
      <Button size="compact-sm" variant="light" color="red" onClick={editing.removeChosen}>
        {t('availability.panel.remove')}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={close}>
        {t('availability.panel.done')}
      </Button>
    </Group>
  );
}
