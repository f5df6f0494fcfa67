import { Badge, Text } from '@mantine/core';
import { IconMicrophoneOff } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../components/avatar';
import type { Participant } from '../../lib/waiting';
import type { Seat } from './call';
import { Video } from './video';
import styles from './visit.module.css';

/** First and last of a name, for the letters that stand in for a picture. */
const personOf = (name: string) => {
  const words = name.split(' ');
  return { firstName: words[0] ?? '', lastName: words.slice(1).join(' '), photo: null };
};

/** In words: how the connection to somebody stands. */
export const connectionOf = ({ state, quality }: Pick<Seat, 'state' | 'quality'>) =>
  state === 'connected' ? (quality ?? 'good') : state === 'restoring' ? 'restoring' : 'connecting';

interface TileProps {
  seat: Seat;
  participant: Participant;
  sinkId: string | undefined;
  onBlocked: () => void;
  videoRef?: RefObject<HTMLVideoElement | null> | undefined;
}

/** Another person: picture, or who it is; name and role, how well they are heard. */
export function Tile({ seat, participant, sinkId, onBlocked, videoRef }: TileProps) {
  const { t } = useTranslation();
  const { name, role } = participant;
  const { said, incoming, state, isSpeaking } = seat;
  const connection = connectionOf(seat);
  const isSeen = state !== 'waiting' && said?.camera === true && !said.isWeak;
  const remark =
    state === 'waiting'
      ? t('call.seat.noOne', { name })
      : state === 'connecting'
        ? t('call.seat.connecting')
        : state === 'restoring'
          ? t('call.seat.restoring')
          : said?.isWeak
            ? t('call.seat.weak')
            : said && !said.camera
              ? t('call.seat.cameraOff')
              : undefined;
  return (
    <figure className={styles.tile} data-seat={role} data-state={state} data-speaking={isSpeaking} data-seen={isSeen}>
      <Video
        tracks={[incoming?.audio, incoming?.camera]}
        label={t('call.seat.video', { name })}
        sinkId={sinkId}
        onBlocked={onBlocked}
        {...(videoRef && { videoRef })}
      />
      {!isSeen && (
        <div className={styles.unseen} aria-hidden>
          <Avatar person={personOf(name)} size="large" />
        </div>
      )}
      {remark && <p className={styles.remark}>{remark}</p>}
      <figcaption className={styles.caption}>
        <Text span fw={600}>
          {name}
        </Text>
        <Text span size="sm">
          {t(`call.roles.${role}`)}
        </Text>
        {said && !said.audio && <IconMicrophoneOff size={18} role="img" aria-label={t('call.seat.muted')} />}
        {isSpeaking && <span className="visually-hidden">{t('call.seat.speaks')}</span>}
        <Badge variant="default" size="sm" className={styles.quality} data-quality={connection}>
          {t('call.quality.label', { quality: t(`call.quality.${connection}`) })}
        </Badge>
      </figcaption>
    </figure>
  );
}

/** Somebody's screen, in large. */
export function ScreenTile({ seat, name }: { seat: Seat; name: string }) {
  const { t } = useTranslation();
  const label = t('call.seat.screen', { name });
  return (
    <figure className={styles.tile} data-screen>
      <Video tracks={[seat.incoming?.screen]} label={label} isMuted />
      <figcaption className={styles.caption}>{label}</figcaption>
    </figure>
  );
}
