import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Page } from '../../components/page';
import { Empty, Failed, Loading } from '../../components/states';
import { LiveLine } from '../../lib/live-line';
import { keepConnected } from '../../lib/live-connection';
import { ProblemError } from '../../lib/problems';
import type { VisitState } from '../../lib/waiting';
import { Announcer } from './announcer';
import { useSeat, useVisitState } from './calls';
import { Visit } from './visit';

/** A line of the seat's own: a guest has no account. */
function useSeatLine(seat: string): LiveLine {
  const [line] = useState(() => new LiveLine());
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isOver = false;
    void import('socket.io-client').then(({ io }) => {
      if (isOver) return;
      const socket = io({
        path: '/realtime',
        auth: { seat },
        transports: ['websocket', 'polling'],
        reconnection: false,
        forceNew: true,
      });
      const detach = line.attach(socket);
      const disconnect = keepConnected(socket, { renew: async () => true, missed: () => undefined });
      stop = () => {
        detach();
        disconnect();
      };
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }, [seat, line]);
  return line;
}

function Seated({ token, first }: { token: string; first: VisitState }) {
  const { t } = useTranslation();
  const access = { appointmentId: first.appointmentId, seat: token };
  const { data = first } = useVisitState(access);
  const line = useSeatLine(token);
  const own = data.participants.find(({ id }) => id === data.self);
  return (
    <Announcer>
      {own && data.state !== 'finished' && (
        <Text mb="md">
          {t('call.guest.as', { name: own.name, role: t(`call.roles.${own.role}`) })} {t('call.guest.text')}
        </Text>
      )}
      <Visit access={access} state={data} side="guest" line={line} />
    </Announcer>
  );
}

/** `/visit/guest/:token`: the third seat, for whoever was invited to it. */
export default function GuestPage() {
  const { t } = useTranslation();
  const { token = '' } = useParams();
  const seat = useSeat();
  const { mutate, data, error } = seat;
  useEffect(() => mutate(token), [mutate, token]);
  const isGone = error instanceof ProblemError && !error.isTemporary;
  return (
    <Page title={isGone ? t('call.guest.gone') : t('call.guest.title')}>
      {isGone ? (
        <Empty title={t('call.guest.gone')} text={t('call.guest.goneText')} />
      ) : data ? (
        <Seated token={token} first={data} />
      ) : error ? (
        <Failed error={error} retry={() => mutate(token)} />
      ) : (
        <Loading rows={2} height={180} />
      )}
    </Page>
  );
}
