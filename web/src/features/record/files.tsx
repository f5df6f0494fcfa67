import { Alert, Button, FileInput, Group, Progress, Text, TextInput } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { download } from '../../lib/download';
import { ProblemError } from '../../lib/problems';
import { toast } from '../../lib/toast';
import { upload } from '../../lib/upload';
import { type Entry, useReadRecordAgain } from './calls';

const TYPES = 'application/pdf,image/jpeg,image/png,image/webp';
const MAX_BYTES = 100 * 1024 * 1024;
const papers: Partial<Record<Entry['kind'], string>> = { prescription: 'prescriptions', certificate: 'certificates' };
const endings: Record<string, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
};

/** Where the file of an entry is, and what it is called on this device; undefined where there is none. */
function fileOf(patientId: string, { id, kind, label, file }: Entry): { path: string; name: string } | undefined {
  const record = `/patients/${encodeURIComponent(patientId)}/record`;
  const name =
    label
      .replace(/[^\p{L}\p{N} _-]+/gu, ' ')
      .trim()
      .slice(0, 80) || kind;
  if (kind === 'document' && file)
    return {
      path: `${record}/documents/${encodeURIComponent(id)}`,
      name: `${name}.${endings[file.mediaType] ?? 'bin'}`,
    };
  const folder = papers[kind];
  return folder === undefined
    ? undefined
    : { path: `${record}/${folder}/${encodeURIComponent(id)}.pdf`, name: `${name}.pdf` };
}

/** The document itself, or the signed PDF of a prescription or certificate. */
export function FileButton({ patientId, entry }: { patientId: string; entry: Entry }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const file = fileOf(patientId, entry);
  if (!file || (entry.withdrawn && entry.kind !== 'document')) return null;
  const label = t(entry.kind === 'document' ? 'record.files.open' : 'record.files.pdf');
  return (
    <ActionButton
      size="compact-sm"
      variant="default"
      mt={6}
      loading={busy}
      leftSection={<IconDownload aria-hidden size={16} />}
      aria-label={`${label} : ${entry.label}`}
      onClick={() => {
        setBusy(true);
        download(file.path, file.name)
          .catch(() => toast(t('record.files.failed')))
          .finally(() => setBusy(false));
      }}
    >
      {label}
    </ActionButton>
  );
}

function UploadDialog({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const again = useReadRecordAgain(patientId);
  const [file, setFile] = useState<File | null>(null);
  const [label, setLabel] = useState('');
  const [share, setShare] = useState<number>();
  const [error, setError] = useState<string>();
  const [isChecked, setChecked] = useState(false);
  const sending = useRef<AbortController>(undefined);
  const isSending = share !== undefined;
  const isTooLarge = (file?.size ?? 0) > MAX_BYTES;

  const choose = (chosen: File | null) => {
    setFile(chosen);
    if (chosen && label === '') setLabel(chosen.name.replace(/\.[^.]+$/, '').slice(0, 300));
  };
  const close = () => {
    sending.current?.abort();
    onClose();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!file || isTooLarge || label.trim() === '') return;
    const form = new FormData();
    // Before the file, which is read as it comes.
    form.append('label', label.trim());
    form.append('file', file);
    sending.current = new AbortController();
    setError(undefined);
    setShare(0);
    const path = `/patients/${encodeURIComponent(patientId)}/record/documents`;
    try {
      const entry = await upload<Entry>({ path, form, progressed: setShare, signal: sending.current.signal });
      if (!entry) return;
      void again();
      toast(t('record.files.added'));
      onClose();
    } catch (failure) {
      const said = failure instanceof ProblemError ? failure.message : '';
      setError(said || t('record.files.notSent'));
    } finally {
      setShare(undefined);
    }
  };
  const missing = (isMissing: boolean) => (isChecked && isMissing ? t('record.files.required') : undefined);
  return (
    <Dialog title={t('record.files.title')} onClose={close}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <FileInput
          label={t('record.files.file')}
          description={t('record.files.hint')}
          accept={TYPES}
          required
          disabled={isSending}
          value={file}
          onChange={choose}
          error={isTooLarge ? t('record.files.tooLarge') : missing(!file)}
          leftSection={<IconUpload aria-hidden size={16} />}
        />
        <TextInput
          mt="sm"
          label={t('record.files.label')}
          required
          maxLength={300}
          disabled={isSending}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          error={missing(label.trim() === '')}
        />
        {isSending && (
          <>
            <Progress mt="md" value={share * 100} aria-label={t('record.files.sending')} />
            <Text size="sm" mt={4} role="status">
              {t('record.files.sent', { percent: Math.round(share * 100) })}
            </Text>
          </>
        )}
        {error && (
          <Alert mt="md" color="red" role="alert">
            {error}
          </Alert>
        )}
        <Group mt="md" justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('common.cancel')}
          </Button>
          <ActionButton type="submit" loading={isSending}>
            {t('record.files.add')}
          </ActionButton>
        </Group>
      </form>
    </Dialog>
  );
}

/** For the patient, and for the doctor who cares. */
export function AddDocument({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        size="sm"
        variant="default"
        leftSection={<IconUpload aria-hidden size={16} />}
        onClick={() => setOpened(true)}
      >
        {t('record.files.title')}
      </Button>
      {opened && <UploadDialog patientId={patientId} onClose={() => setOpened(false)} />}
    </>
  );
}
