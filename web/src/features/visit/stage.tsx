import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { WriteProblem } from '../../components/states';
import type { LiveLine } from '../../lib/live-line';
import { useNow } from '../../lib/now';
import type { Side } from '../../lib/visit';
import type { Participant, VisitState } from '../../lib/waiting';
import { useSay } from './announcer';
import type { Call, Seat } from './call';
import { useVisitStep, type VisitAccess } from './calls';
import { Controls, HelpDialog } from './controls';
import { DeviceSettings, Fault } from './device-check';
import type { LocalMedia } from './local-media';
import { SidePanel } from './side-panel';
import { useShortcuts } from './shortcuts';
import { chime } from './sounds';
import { Speaking } from './speaking';
import { ScreenTile, Tile } from './tiles';
import { useNews } from './use-news';
import { useCall, useCallView } from './use-call';
import { useMeter } from './use-media';
import { UnsuitableDialog } from './unsuitable-dialog';
import { Video } from './video';
import styles from './visit.module.css';

export interface StageProps {
  access: VisitAccess;
  state: VisitState;
  side: Side | 'guest';
  media: LocalMedia;
  line: LiveLine;
  speaker: string | undefined;
  onSpeaker: (deviceId: string) => void;
  onLeave: () => void;
}

/** Who waits, for the doctor to let in. */
function Door({ access, waiting }: { access: VisitAccess; waiting: readonly Participant[] }) {
  const { t } = useTranslation();
  const now = useNow();
  const step = useVisitStep(access);
  const first = waiting[0]?.id;
  useEffect(() => {
    if (first) void chime();
  }, [first]);
  if (!first) return null;
  return (
    <section className={`card ${styles.door}`} aria-label={t('call.waiting.title')}>
      {waiting.map(({ id, name, role, since }) => (
        <Group key={id} justify="space-between" gap="xs">
          <Text>
            {t('call.waiting.one', {
              name,
              role: t(`call.roles.${role}`),
              since: t('visit.minutes', { count: Math.max(0, Math.floor((now - Date.parse(since)) / 60_000)) }),
            })}
          </Text>
          <ActionButton
            size="sm"
            loading={step.isPending}
            aria-label={t('call.waiting.admitName', { name })}
            onClick={() => step.mutate({ name: 'admit', participantId: id })}
          >
            {t('call.waiting.admit')}
          </ActionButton>
        </Group>
      ))}
      <WriteProblem error={step.error} />
    </section>
  );
}

/** The call itself. */
export function Stage(props: StageProps) {
  const call = useCall(props.state, props.line, props.media);
  return call ? <InCall {...props} call={call} /> : null;
}

function InCall({ access, state, side, media, call, speaker, onSpeaker, onLeave }: StageProps & { call: Call }) {
  const { t } = useTranslation();
  const say = useSay();
  const { seats, self } = useCallView(call);
  const step = useVisitStep(access);
  const isDoctor = side === 'doctor';
  const [isSelfShown, setSelfShown] = useState(true);
  const [isPanelOpen, setPanelOpen] = useState(() => isDoctor && matchMedia('(min-width: 62rem)').matches);
  const [dialog, setDialog] = useState<'help' | 'settings' | 'unsuitable'>();
  const [isBlocked, setBlocked] = useState(false);
  const main = useRef<HTMLVideoElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const others = new Map(state.participants.map((participant) => [participant.id, participant]));
  const present = seats.flatMap((seat): [Seat, Participant][] => {
    const participant = others.get(seat.id);
    return participant ? [[seat, participant]] : [];
  });
  useNews(present, self, state.participants);
  useEffect(() => stage.current?.querySelector<HTMLElement>('h2')?.focus(), []);
  useEffect(() => void media.start(), [media]);

  const speaking = useRef(new Speaking());
  useMeter(self.audio ? media.tracks.audio : null, (level) =>
    call.hearSelf(speaking.current.next(level, performance.now())),
  );

  const isTaken = media.wanted.audio && media.tracks.audio !== null && !self.audio;
  useEffect(() => {
    if (isTaken) say(t('call.say.taken'));
  }, [isTaken, say, t]);

  const mute = () => {
    void media.want('audio', !media.wanted.audio);
    say(t(media.wanted.audio ? 'call.say.unmuted' : 'call.say.muted'));
  };
  const camera = () => {
    void media.want('camera', !media.wanted.camera);
    say(t(media.wanted.camera ? 'call.say.cameraOn' : 'call.say.cameraOff'));
  };
  const canShare = 'getDisplayMedia' in navigator.mediaDevices;
  const share = async () => {
    if (self.screen) return call.share(null);
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
      call.share(stream.getVideoTracks()[0] ?? null);
    } catch {
      say(t('call.say.noShare'));
    }
  };
  const toggleSelf = () => setSelfShown((isShown) => !isShown);
  const togglePanel = () => setPanelOpen((isOpen) => !isOpen);
  const shrink = () => {
    const shown = document.pictureInPictureElement
      ? document.exitPictureInPicture()
      : main.current?.requestPictureInPicture();
    void shown?.catch(() => undefined);
  };
  useShortcuts({
    mute,
    camera,
    ...(canShare && { share: () => void share() }),
    self: toggleSelf,
    panel: togglePanel,
    help: () => setDialog('help'),
  });
  const playAll = () => {
    setBlocked(false);
    for (const video of stage.current?.querySelectorAll('video') ?? []) void video.play().catch(() => undefined);
  };
  const waiting = isDoctor ? state.participants.filter(({ state: stands }) => stands === 'waiting') : [];
  const screens = present.filter(([{ said }]) => said?.screen);

  return (
    <div className={styles.stage} ref={stage} data-panel={isPanelOpen} data-call>
      <h2 className="visually-hidden" tabIndex={-1}>
        {t('call.title')}
      </h2>
      {isDoctor && <Door access={access} waiting={waiting} />}
      <div className={styles.room}>
        <div className={styles.tiles} data-count={present.length + screens.length}>
          {screens.map(([seat, { id, name }]) => (
            <ScreenTile key={id} seat={seat} name={name} />
          ))}
          {present.map(([seat, participant], index) => (
            <Tile
              key={seat.id}
              seat={seat}
              participant={participant}
              sinkId={speaker}
              onBlocked={() => setBlocked(true)}
              videoRef={index === 0 ? main : undefined}
            />
          ))}
          {present.length === 0 && <p className={styles.alone}>{t('call.seat.alone')}</p>}
        </div>
        {isSelfShown && (
          <div className={styles.self} data-speaking={self.isSpeaking} data-self>
            <Video tracks={[media.tracks.camera]} label={t('call.check.preview')} isMuted className={styles.mirrored} />
            {!self.camera && <span>{t('call.seat.cameraOff')}</span>}
          </div>
        )}
      </div>
      {isBlocked && (
        <Button onClick={playAll} style={{ alignSelf: 'center' }}>
          {t('call.controls.sound')}
        </Button>
      )}
      {self.isWeak && (
        <Alert color="yellow" variant="light">
          {t('call.say.poor')}
        </Alert>
      )}
      <Fault media={media} kind="audio" />
      <Fault media={media} kind="camera" />
      <WriteProblem error={step.error} />
      <Controls
        hasAudio={media.wanted.audio}
        hasCamera={media.wanted.camera}
        isSharing={self.screen}
        isSelfShown={isSelfShown}
        isPanelOpen={isPanelOpen}
        isDoctor={isDoctor}
        isFinishing={step.isPending}
        canShare={canShare}
        canShrink={document.pictureInPictureEnabled === true}
        onMute={mute}
        onCamera={camera}
        onShare={() => void share()}
        onSelf={toggleSelf}
        onPanel={togglePanel}
        onShrink={shrink}
        onSettings={() => setDialog('settings')}
        onHelp={() => setDialog('help')}
        onLeave={onLeave}
        onUnsuitable={() => setDialog('unsuitable')}
        onFinish={() => step.mutate({ name: 'finish' })}
      />
      {isPanelOpen && <SidePanel access={access} state={state} side={side} />}
      {dialog === 'help' && <HelpDialog onClose={() => setDialog(undefined)} />}
      <UnsuitableDialog
        access={access}
        state={state}
        opened={dialog === 'unsuitable'}
        onClose={() => setDialog(undefined)}
      />
      {dialog === 'settings' && (
        <Dialog title={t('call.controls.settings')} size="lg" onClose={() => setDialog(undefined)}>
          <Stack>
            <DeviceSettings media={media} speaker={speaker} onSpeaker={onSpeaker} />
            <Button onClick={() => setDialog(undefined)}>{t('common.close')}</Button>
          </Stack>
        </Dialog>
      )}
    </div>
  );
}
