import { Stack, Text, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { WriteProblem } from '../../components/states';
import { sealedDrafts } from '../../lib/sealed-drafts';
import { formatDay } from '../../lib/format';
import { toast } from '../../lib/toast';
import { useNote } from './calls';

const SAVED_AFTER_MS = 400;

/** What the doctor writes while the patient speaks: kept as it is typed, whatever becomes of the network. */
export function NotePanel({ appointmentId, patientId }: { appointmentId: string; patientId: string }) {
  const { t, i18n } = useTranslation();
  const [note, setNote] = useState<string>();
  const [isKept, setKept] = useState(false);
  const adding = useNote();
  const saving = useRef<ReturnType<typeof setTimeout>>(undefined);
  const unsaved = useRef<string>(undefined);
  const keep = () => {
    clearTimeout(saving.current);
    const text = unsaved.current;
    if (text === undefined) return;
    unsaved.current = undefined;
    void sealedDrafts.keep(appointmentId, text).then((done) => setKept(done && text !== ''));
  };
  useEffect(() => {
    let isOver = false;
    void sealedDrafts.read(appointmentId).then((text) => {
      if (isOver) return;
      setNote((typed) => typed ?? text ?? '');
      setKept(text !== undefined);
    });
    return () => {
      isOver = true;
      keep();
    };
    // Of one visit.
  }, [appointmentId]);
  const type = (text: string) => {
    setNote(text);
    setKept(false);
    unsaved.current = text;
    clearTimeout(saving.current);
    saving.current = setTimeout(keep, SAVED_AFTER_MS);
  };
  const add = () => {
    const text = (note ?? '').trim();
    const label = t('call.note.name', { day: formatDay(new Date(), i18n.language) });
    adding.mutate(
      { patientId, label, note: text },
      {
        onSuccess: () => {
          toast(t('call.note.added'));
          unsaved.current = undefined;
          clearTimeout(saving.current);
          setNote('');
          setKept(false);
          void sealedDrafts.forget(appointmentId);
        },
      },
    );
  };
  return (
    <Stack gap="xs">
      <Textarea
        label={t('call.note.label')}
        description={t('call.note.hint')}
        autosize
        minRows={8}
        maxRows={18}
        dir="auto"
        value={note ?? ''}
        disabled={note === undefined}
        onChange={({ currentTarget }) => type(currentTarget.value)}
        onBlur={keep}
      />
      <Text size="sm" className="quiet" role="status">
        {isKept ? t('call.note.kept') : ''}
      </Text>
      <ActionButton
        size="sm"
        loading={adding.isPending}
        disabled={!note?.trim()}
        style={{ alignSelf: 'start' }}
        onClick={add}
      >
        {t('call.note.add')}
      </ActionButton>
      <WriteProblem error={adding.error} />
    </Stack>
  );
}
