import { Button, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitState } from '../../lib/waiting';
import type { LocalMedia } from './local-media';
import { useMediaChanges } from './use-media';
import { Video } from './video';
import styles from './visit.module.css';

interface WaitingRoomProps {
  state: VisitState;
  media: LocalMedia;
  isGuest: boolean;
  onLeave: () => void;
}

/** Where one stands, how long it may take, and what the doctor has to say meanwhile. */
export function WaitingRoom({ state, media, isGuest, onLeave }: WaitingRoomProps) {
  const { t } = useTranslation();
  useMediaChanges(media);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { position, expectedWait, message } = state;
  return (
    <div className={styles.waiting}>
      <Stack className="card" component="section" aria-labelledby="salle">
        <Title order={2} id="salle" ref={heading} tabIndex={-1}>
          {t('call.wait.title')}
        </Title>
        <Stack gap="xs" role="status">
          <Text size="lg" fw={600}>
            {isGuest
              ? t('call.wait.guest')
              : position !== undefined && position > 1
                ? t('call.wait.position', { position })
                : t('call.wait.first')}
          </Text>
          {expectedWait && (
            <Text>
              {t(expectedWait.fromMinutes > 0 ? 'call.wait.expected' : 'call.wait.soon', {
                from: expectedWait.fromMinutes,
                to: expectedWait.toMinutes,
              })}
            </Text>
          )}
          {message && (
            <blockquote className={styles.message}>
              <Text size="sm" className="quiet">
                {t('call.wait.message')}
              </Text>
              <Text dir="auto">{message}</Text>
            </blockquote>
          )}
        </Stack>
        <Text className="quiet">{t('call.wait.open')}</Text>
        <Button variant="default" style={{ alignSelf: 'start' }} onClick={onLeave}>
          {t('call.wait.leave')}
        </Button>
      </Stack>
      <div className={styles.preview}>
        <Video tracks={[media.tracks.camera]} label={t('call.check.preview')} isMuted className={styles.mirrored} />
        {!media.tracks.camera && <span>{t('call.check.cameraOff')}</span>}
      </div>
    </div>
  );
}
