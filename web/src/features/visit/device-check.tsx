import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { WriteProblem } from '../../components/states';
import { formatTime } from '../../lib/format';
import type { Side } from '../../lib/visit';
import { DeviceChoice } from './device-choice';
import type { Kind, LocalMedia } from './local-media';
import { NetworkCheck } from './network-check';
import { chime } from './sounds';
import { useDevices, useMediaChanges, useMeter } from './use-media';
import { Video } from './video';
import styles from './visit.module.css';

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <Stack className="card" gap="xs" component="section" aria-labelledby={id}>
      <Title order={2} size="h5" id={id}>
        {title}
      </Title>
      {children}
    </Stack>
  );
}

/** Why a camera or a microphone is not there, and what to do. */
export function Fault({ media, kind }: { media: LocalMedia; kind: Kind }) {
  const { t } = useTranslation();
  const fault = media.faults[kind];
  if (!fault || !media.wanted[kind]) return null;
  return (
    <Alert color="yellow" variant="light" role="status">
      <Stack gap="xs" align="start">
        <span>{t(`call.check.faults.${fault}`)}</span>
        <Button size="xs" variant="default" onClick={() => void media.want(kind, true)}>
          {t('common.retry')}
        </Button>
      </Stack>
    </Alert>
  );
}

/** A louder voice fills more of it: the ear hears in doublings, of which sixty decibels are shown. */
const shareOf = (level: number): number => Math.max(0, Math.min(1, 1 + (20 * Math.log10(level + 1e-6)) / 60));

function Level({ track }: { track: MediaStreamTrack | null }) {
  const { t } = useTranslation();
  const bar = useRef<HTMLDivElement>(null);
  useMeter(track, (level) => {
    const percent = Math.round(shareOf(level) * 100);
    bar.current?.setAttribute('aria-valuenow', String(percent));
    bar.current?.style.setProperty('--level', `${percent}%`);
  });
  return (
    <div
      ref={bar}
      className={styles.level}
      role="meter"
      aria-label={t('call.check.level')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
    />
  );
}

/** Camera, microphone and speaker, chosen and tried; also within the call. */
export function DeviceSettings({
  media,
  speaker,
  onSpeaker,
}: {
  media: LocalMedia;
  speaker: string | undefined;
  onSpeaker: (deviceId: string) => void;
}) {
  const { t } = useTranslation();
  const changes = useMediaChanges(media);
  const devices = useDevices(changes);
  const { audio, camera } = media.tracks;
  const usedBy = (track: MediaStreamTrack | null, kind: Kind) => track?.getSettings().deviceId ?? media.chosen[kind];
  return (
    <>
      <Part title={t('call.check.camera')}>
        <div className={styles.preview}>
          <Video tracks={[camera]} label={t('call.check.preview')} isMuted className={styles.mirrored} />
          {!camera && <span>{t('call.check.cameraOff')}</span>}
        </div>
        <Fault media={media} kind="camera" />
        <DeviceChoice
          label={t('call.check.camera')}
          kind="videoinput"
          devices={devices}
          value={usedBy(camera, 'camera')}
          onChoose={(id) => void media.choose('camera', id)}
        />
      </Part>
      <Stack>
        <Part title={t('call.check.microphone')}>
          <Level track={audio} />
          <Text size="sm" className="quiet">
            {t('call.check.speak')}
          </Text>
          <Fault media={media} kind="audio" />
          <DeviceChoice
            label={t('call.check.microphone')}
            kind="audioinput"
            devices={devices}
            value={usedBy(audio, 'audio')}
            onChoose={(id) => void media.choose('audio', id)}
          />
        </Part>
        <Part title={t('call.check.speaker')}>
          {'setSinkId' in HTMLMediaElement.prototype && (
            <DeviceChoice
              label={t('call.check.speaker')}
              kind="audiooutput"
              devices={devices}
              value={speaker}
              onChoose={onSpeaker}
            />
          )}
          <Button size="sm" variant="default" style={{ alignSelf: 'start' }} onClick={() => void chime(speaker)}>
            {t('call.check.tone')}
          </Button>
          <Text size="sm" className="quiet">
            {t('call.check.toneHint')}
          </Text>
        </Part>
      </Stack>
    </>
  );
}

interface DeviceCheckProps {
  side: Side | 'guest';
  media: LocalMedia;
  iceServers: RTCIceServer[];
  /** None where the room is open. */
  opensAt: string | undefined;
  speaker: string | undefined;
  onSpeaker: (deviceId: string) => void;
  isJoining: boolean;
  problem: unknown;
  onJoin: () => void;
  children?: ReactNode;
}

/** Before the visit: all is tried that a visit needs, and what to do is said where it fails. */
export function DeviceCheck(props: DeviceCheckProps) {
  const { side, media, iceServers, opensAt, speaker, onSpeaker, isJoining, problem, onJoin, children } = props;
  const { t, i18n } = useTranslation();
  const [isOpen, setOpen] = useState(!opensAt || Date.parse(opensAt) <= Date.now());
  useEffect(() => {
    const left = opensAt ? Date.parse(opensAt) - Date.now() : 0;
    setOpen(left <= 0);
    if (left <= 0) return;
    const opening = setTimeout(() => setOpen(true), Math.min(left, 2 ** 31 - 1));
    return () => clearTimeout(opening);
  }, [opensAt]);
  useEffect(() => void media.start(), [media]);
  return (
    <Stack>
      <Text>{t('call.check.lead')}</Text>
      <div className={styles.check}>
        <DeviceSettings media={media} speaker={speaker} onSpeaker={onSpeaker} />
        <Part title={t('call.check.network')}>
          <NetworkCheck iceServers={iceServers} />
        </Part>
        <Stack className="card" gap="xs" justify="center">
          {!isOpen && opensAt && (
            <Text role="status">{t('call.check.opens', { time: formatTime(opensAt, i18n.language) })}</Text>
          )}
          <ActionButton size="lg" loading={isJoining} disabled={!isOpen} onClick={onJoin}>
            {t(side === 'doctor' ? 'call.check.enterDoctor' : 'call.check.enterPatient')}
          </ActionButton>
          <WriteProblem error={problem} />
          {children}
        </Stack>
      </div>
    </Stack>
  );
}
