import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { Loading } from '../../components/states';
import type { LiveLine } from '../../lib/live-line';
import { ProblemError } from '../../lib/problems';
import { toast } from '../../lib/toast';
import type { Side } from '../../lib/visit';
import type { VisitState } from '../../lib/waiting';
import { useSay } from './announcer';
import { useVisitStep, type VisitAccess } from './calls';
import { Consent } from './consent';
import { canCall, joined, thisDevice } from './device';
import { DeviceCheck } from './device-check';
import { Finished } from './finished';
import type { LocalMedia } from './local-media';
import { chime } from './sounds';
import { Stage } from './stage';
import { usePresence } from './use-call';
import { useLocalMedia } from './use-media';
import { WaitingRoom } from './waiting-room';

export interface VisitProps {
  access: VisitAccess;
  state: VisitState;
  side: Side | 'guest';
  line: LiveLine;
}

const SPEAKER = 'medflow.speaker';

type Place = 'check' | 'inside' | 'left' | 'moved';

/** From agreeing to what comes after: one step at a time, each as the server has it. */
export function Visit(props: VisitProps) {
  const { t } = useTranslation();
  const { access, state, side } = props;
  const media = useLocalMedia();
  if (state.state === 'finished') return <Finished state={state} side={side} />;
  if (!canCall()) return <Text role="alert">{t('call.check.unsupported')}</Text>;
  if (state.consent.required && !state.consent.recorded && side === 'patient')
    return <Consent access={access} state={state} />;
  return media ? <Steps {...props} media={media} /> : null;
}

function Steps({ access, state, side, line, media }: VisitProps & { media: LocalMedia }) {
  const { t } = useTranslation();
  const say = useSay();
  const { appointmentId } = access;
  const step = useVisitStep(access);
  const [place, setPlace] = useState<Place>('check');
  const [isAsked, setAsked] = useState(false);
  const [isReturning] = useState(() => joined.is(appointmentId));
  const [speaker, setSpeaker] = useState(() => localStorage.getItem(SPEAKER) ?? undefined);
  const own = state.participants.find(({ id }) => id === state.self);
  const isInside = place === 'inside';
  usePresence(state, line, isInside, () => {
    joined.forget();
    setPlace('moved');
  });

  const join = (takeOver = false) =>
    step.mutate(
      { name: 'join', device: thisDevice(), ...(takeOver && { takeOver }) },
      {
        onSuccess: () => {
          joined.note(appointmentId);
          setAsked(false);
          setPlace('inside');
        },
        onError: (error) => {
          if (error instanceof ProblemError && error.code === 'elsewhere') setAsked(true);
        },
      },
    );
  // Whoever reloads within the call is back in it.
  useEffect(() => {
    if (!isReturning) return;
    void media.start();
    join();
    // Once.
  }, []);
  const leave = () => {
    joined.forget();
    step.mutate({ name: 'leave' });
    setPlace('left');
  };
  const choose = (deviceId: string) => {
    localStorage.setItem(SPEAKER, deviceId);
    setSpeaker(deviceId);
  };

  const isAdmitted = own?.state === 'admitted';
  const wasAdmitted = useRef(isAdmitted);
  useEffect(() => {
    if (isInside && isAdmitted && !wasAdmitted.current && side !== 'doctor') {
      say(t('call.wait.admitted'));
      void chime(speaker);
    }
    wasAdmitted.current = isAdmitted;
  }, [isInside, isAdmitted, side, say, t, speaker]);

  if (place === 'left' || place === 'moved')
    return (
      <Gone
        title={t(place === 'left' ? 'call.finished.left' : 'call.elsewhere.moved')}
        text={t(place === 'left' ? 'call.finished.leftText' : 'call.elsewhere.movedText')}
        action={t(place === 'left' ? 'call.finished.rejoin' : 'call.elsewhere.back')}
        isBusy={step.isPending}
        media={media}
        onAction={() => {
          media.resume();
          void media.start();
          join(place === 'moved');
        }}
      />
    );
  if (isInside && isAdmitted)
    return <Stage {...{ access, state, side, media, line, speaker }} onSpeaker={choose} onLeave={leave} />;
  if (isReturning && place === 'check' && !step.isError) return <Loading rows={1} height={360} />;
  if (isInside) return <WaitingRoom state={state} media={media} isGuest={side === 'guest'} onLeave={leave} />;
  return (
    <>
      <DeviceCheck
        side={side}
        media={media}
        iceServers={state.iceServers}
        opensAt={state.opensAt}
        speaker={speaker}
        onSpeaker={choose}
        isJoining={step.isPending}
        problem={isAsked ? undefined : step.error}
        onJoin={() => join()}
      >
        {side === 'patient' && state.consent.required && (
          <Group gap="xs">
            <Text size="sm" className="quiet">
              {t('call.consent.given')}
            </Text>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => step.mutate({ name: 'withdraw' }, { onSuccess: () => toast(t('call.consent.withdrawn')) })}
            >
              {t('call.consent.withdraw')}
            </Button>
          </Group>
        )}
      </DeviceCheck>
      {isAsked && (
        <Dialog title={t('call.elsewhere.title')} onClose={() => setAsked(false)}>
          <Text>{t('call.elsewhere.text')}</Text>
          <Group>
            <ActionButton loading={step.isPending} onClick={() => join(true)}>
              {t('call.elsewhere.here')}
            </ActionButton>
            <Button variant="default" onClick={() => setAsked(false)}>
              {t('common.cancel')}
            </Button>
          </Group>
        </Dialog>
      )}
    </>
  );
}

interface GoneProps {
  title: string;
  text: string;
  action: string;
  isBusy: boolean;
  media: LocalMedia;
  onAction: () => void;
}

/** Not in the call any more, though it goes on; nothing is seen or heard from here. */
function Gone({ title, text, action, isBusy, media, onAction }: GoneProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    media.pause();
  }, [media]);
  return (
    <Stack className="card" align="start" component="section" aria-labelledby="parti">
      <Title order={2} size="h4" id="parti" ref={heading} tabIndex={-1}>
        {title}
      </Title>
      <Text>{text}</Text>
      <ActionButton loading={isBusy} onClick={onAction}>
        {action}
      </ActionButton>
    </Stack>
  );
}
