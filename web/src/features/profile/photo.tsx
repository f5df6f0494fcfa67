import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Avatar } from '../../components/avatar';
import { WriteProblem } from '../../components/states';
import type { DoctorProfile, PatientProfile } from '../../lib/profile';
import type { Side } from '../../lib/visit';
import { CropDialog } from './crop-dialog';
import { useRemovePhoto, useSendPhoto } from './photo-calls';

/** @throws Error when the browser cannot read it */
async function pictureOf(file: File): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.src = URL.createObjectURL(file);
  try {
    await picture.decode();
  } catch (error) {
    URL.revokeObjectURL(picture.src);
    throw error;
  }
  return picture;
}

/** One's own photo: chosen and cut here, put back where it was removed by mistake. */
export function PhotoSection({ profile, side }: { profile: DoctorProfile | PatientProfile; side: Side }) {
  const { t } = useTranslation();
  const [picture, setPicture] = useState<HTMLImageElement>();
  const [unreadable, setUnreadable] = useState(false);
  const sending = useSendPhoto(side);
  const removing = useRemovePhoto(side);
  const chooser = useRef<HTMLButtonElement>(null);
  const undo = useRef<HTMLButtonElement>(null);
  const reset = useRef<() => void>(null);
  const removed = removing.data;
  useEffect(() => {
    if (removed) undo.current?.focus();
  }, [removed]);
  const wasCutting = useRef(false);
  useEffect(() => {
    if (wasCutting.current && !picture) chooser.current?.focus();
    wasCutting.current = picture !== undefined;
  }, [picture]);

  const choose = (file: File | null) => {
    reset.current?.();
    setUnreadable(false);
    sending.reset();
    if (!file) return;
    pictureOf(file).then(setPicture, () => setUnreadable(true));
  };
  const close = () => {
    if (picture) URL.revokeObjectURL(picture.src);
    setPicture(undefined);
  };
  const send = (image: Blob) =>
    sending.mutate(image, {
      onSuccess: () => {
        close();
        removing.reset();
        chooser.current?.focus();
      },
    });
  return (
    <section className="card" aria-label={t('photo.title')}>
      <Group wrap="nowrap" align="center">
        <Avatar person={profile} size="large" />
        <Stack gap="xs" align="start">
          <Text size="sm">{t(`photo.seen.${side}`)}</Text>
          <Group gap="xs">
            <FileButton resetRef={reset} accept="image/jpeg,image/png,image/webp" onChange={choose}>
              {(props) => (
                <Button {...props} ref={chooser} size="sm" variant="light">
                  {t(profile.photo ? 'photo.change' : 'photo.choose')}
                </Button>
              )}
            </FileButton>
            {profile.photo && (
              <ActionButton
                size="sm"
                variant="default"
                loading={removing.isPending}
                onClick={() => removing.mutate(profile.photo!.url)}
              >
                {t('photo.remove')}
              </ActionButton>
            )}
          </Group>
          <div role="status">
            {sending.isSuccess && profile.photo && !removed && <Text size="sm">{t('photo.saved')}</Text>}
            {unreadable && <Text size="sm">{t('photo.unreadable')}</Text>}
            {removed && <Text size="sm">{t('photo.removed')}</Text>}
          </div>
          {removed && (
            <Button ref={undo} size="sm" variant="default" loading={sending.isPending} onClick={() => send(removed)}>
              {t('photo.undo')}
            </Button>
          )}
          <WriteProblem error={removing.error ?? (picture ? undefined : sending.error)} />
        </Stack>
      </Group>
      {picture && (
        <CropDialog picture={picture} sending={sending.isPending} error={sending.error} send={send} close={close} />
      )}
    </section>
  );
}
