import { CloseButton, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Dialog } from '../../components/dialog';
import { dayKey, formatDay, formatDayTime } from '../../lib/format';
import { usePatients } from '../../lib/patients';
import { fullName } from '../../lib/people';
import { type Choice, type ChoiceGroup, dayFor, choicesFor, stepTo } from './choices';

const MOST_PATIENTS = 6;
const LIST = 'palette-choices';
const idOf = (index: number) => `palette-choice-${index}`;

/** Patients, pages and a day of the agenda for what was typed. */
function useGroups(typed: string, pages: readonly Choice[]): ChoiceGroup[] {
  const { t, i18n } = useTranslation();
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const found = usePatients(asked, { enabled: asked !== '', limit: MOST_PATIENTS });
  const labelOf = (day: string) =>
    t('patients.palette.agenda', { day: formatDay(`${day}T12:00:00Z`, i18n.language, 'UTC') });
  const patients = (asked === '' || typed.trim() === '' ? [] : (found.data?.pages[0]?.items ?? [])).map((patient) => ({
    to: `/patients/${encodeURIComponent(patient.id)}`,
    label: fullName(patient),
    ...(patient.nextVisitAt && {
      note: `${t('patients.nextVisit')} : ${formatDayTime(patient.nextVisitAt, i18n.language)}`,
    }),
  }));
  // Until what is typed is answered, only those stay of the answer before whom it still means.
  const isAnswered = asked === typed.trim() && !found.isPlaceholderData;
  const shown = isAnswered ? patients : choicesFor(typed, patients);
  const records = shown.map(({ to, label }) => ({ to: `${to}/record`, label: t('nav.recordOf', { name: label }) }));
  const groups: ChoiceGroup[] = [
    { name: t('patients.title'), choices: shown },
    {
      name: t('patients.palette.dates'),
      choices: dayFor(typed, { language: i18n.language, today: dayKey(new Date()), labelOf }),
    },
    { name: t('nav.records'), choices: records },
    { name: t('patients.palette.pages'), choices: choicesFor(typed, pages) },
  ];
  return groups.filter(({ choices }) => choices.length > 0);
}

function Choices({ pages, onDone }: { pages: readonly Choice[]; onDone: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [marked, setMarked] = useState(0);
  const groups = useGroups(typed, pages);
  const choices = groups.flatMap((group) => group.choices);
  const key = choices.map(({ to }) => to).join(' ');
  useEffect(() => setMarked(0), [key]);
  useEffect(() => {
    document.getElementById(idOf(marked))?.scrollIntoView({ block: 'nearest' });
  }, [marked]);
  const go = ({ to }: Choice) => {
    onDone();
    void navigate(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined;
    const chosen = choices[marked];
    if (by) setMarked(stepTo(marked, by, choices.length));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing && chosen) go(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <div>
      <TextInput
        data-autofocus
        label={t('patients.palette.label')}
        description={t('patients.palette.hint')}
        role="combobox"
        aria-expanded="true"
        aria-controls={LIST}
        aria-autocomplete="list"
        aria-activedescendant={choices.length > 0 ? idOf(marked) : undefined}
        autoComplete="off"
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Text role="status" size="sm" className="quiet" mt="xs">
        {choices.length > 0 ? t('patients.palette.results', { count: choices.length }) : t('patients.palette.nothing')}
      </Text>
      <div role="listbox" id={LIST} aria-label={t('patients.palette.label')} className="palette">
        {groups.map(({ name, choices: own }) => (
          <div key={name} role="group" aria-label={name}>
            <Text size="sm" className="quiet" aria-hidden>
              {name}
            </Text>
            {own.map((choice) => {
              const index = choices.indexOf(choice);
              return (
                <div
                  key={choice.to}
                  role="option"
                  id={idOf(index)}
                  aria-selected={index === marked}
                  className="palette-choice"
                  onMouseMove={() => setMarked(index)}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => go(choice)}
                >
                  <bdi>{choice.label}</bdi>
                  {choice.note && <span className="quiet"> · {choice.note}</span>}
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Takes a doctor by a few letters to a patient, a page or a day of the agenda. */
export default function Palette({
  opened,
  pages,
  onClose,
}: {
  opened: boolean;
  pages: readonly Choice[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={opened}
      title={t('common.search')}
      beside={<CloseButton aria-label={t('common.close')} onClick={onClose} />}
      size="lg"
      centered={false}
      yOffset="10vh"
      onClose={onClose}
    >
      <Choices pages={pages} onDone={onClose} />
    </Dialog>
  );
}
