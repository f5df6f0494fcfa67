import { Button, FileButton, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { WriteProblem } from '../../components/states';
import { keepFile } from '../../lib/download';
import { formatBytes, formatDayTime } from '../../lib/format';
import type { DoctorProfile } from '../../lib/profile';
import { readOwnProof, useRemoveProof, useSendProof } from './licence-proof-calls';

const TYPES = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp'];
const MAX_BYTES = 10 * 1024 * 1024;

/** What a doctor shows the administrators of the licence; put back where it was removed by mistake. */
export function LicenceProofSection({ profile: { licenceProof } }: { profile: DoctorProfile }) {
  const { t, i18n } = useTranslation();
  const [fault, setFault] = useState<'type' | 'size'>();
  const sending = useSendProof();
  const removing = useRemoveProof();
  const reading = useMutation({
    mutationFn: readOwnProof,
    onSuccess: (file) => keepFile(file, file.type === 'application/pdf' ? 'licence.pdf' : 'licence.webp'),
  });
  const chooser = useRef<HTMLButtonElement>(null);
  const undo = useRef<HTMLButtonElement>(null);
  const reset = useRef<() => void>(null);
  const removed = removing.data;
  useEffect(() => {
    if (removed) undo.current?.focus();
  }, [removed]);

  const send = (file: Blob) =>
    sending.mutate(file, {
      onSuccess: () => {
        removing.reset();
        chooser.current?.focus();
      },
    });
  const choose = (file: File | null) => {
    reset.current?.();
    sending.reset();
    if (!file) return;
    const found = !TYPES.includes(file.type) ? 'type' : file.size > MAX_BYTES ? 'size' : undefined;
    setFault(found);
    if (!found) send(file);
  };
  return (
    <section className="card" aria-labelledby="licence-proof">
      <Stack gap="xs" align="start">
        <Title order={2} size="h4" id="licence-proof">
          {t('licenceProof.title')}
        </Title>
        <Text size="sm">{t('licenceProof.text')}</Text>
        {licenceProof && (
          <Text size="sm">
            {t('licenceProof.sent', {
              when: formatDayTime(licenceProof.sentAt, i18n.language),
              size: formatBytes(licenceProof.bytes, i18n.language),
            })}
          </Text>
        )}
        <Group gap="xs">
          <FileButton resetRef={reset} accept={TYPES.join(',')} onChange={choose}>
            {(props) => (
              <Button {...props} ref={chooser} size="sm" variant="light" loading={sending.isPending}>
                {t(licenceProof ? 'licenceProof.replace' : 'licenceProof.choose')}
              </Button>
            )}
          </FileButton>
          {licenceProof && (
            <>
              <ActionButton size="sm" variant="default" loading={reading.isPending} onClick={() => reading.mutate()}>
                {t('licenceProof.open')}
              </ActionButton>
              <ActionButton size="sm" variant="default" loading={removing.isPending} onClick={() => removing.mutate()}>
                {t('licenceProof.remove')}
              </ActionButton>
            </>
          )}
        </Group>
        <div role="status">
          {sending.isPending && <Text size="sm">{t('licenceProof.sending')}</Text>}
          {sending.isSuccess && licenceProof && !removed && <Text size="sm">{t('licenceProof.saved')}</Text>}
          {fault && <Text size="sm">{t(`licenceProof.fault.${fault}`)}</Text>}
          {removed && <Text size="sm">{t('licenceProof.removed')}</Text>}
        </div>
        {removed && (
          <Button ref={undo} size="sm" variant="default" loading={sending.isPending} onClick={() => send(removed)}>
            {t('photo.undo')}
          </Button>
        )}
        <WriteProblem error={removing.error ?? sending.error ?? reading.error} />
      </Stack>
    </section>
  );
}
