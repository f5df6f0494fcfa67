import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Page } from '../../components/page';
import { Empty, Failed, Loading } from '../../components/states';
import { LiveLine } from '../../lib/live-line';
import { keepConnected } from '../../lib/live-connection';
import { ProblemError } from '../../lib/problems';
import { Announcer } from './announcer';
import { useVisitState } from './calls';
import { Visit } from './visit';

/** In place of an appointment's id, among what was read. */
const SEAT = 'seat';

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

/** `/visit/guest/:token`: the third seat, for whoever was invited to it. */
export default function GuestPage() {
  const { t } = useTranslation();
  const { token = '' } = useParams();
  // Known by the secret alone: which visit it is, the answer says.
  const access = { appointmentId: SEAT, seat: token };
  const { data, error, refetch } = useVisitState(access);
  const line = useSeatLine(token);
  const own = data?.participants.find(({ id }) => id === data.self);
  const isGone = error instanceof ProblemError && !error.isTemporary;
  return (
    <Page title={isGone ? t('call.guest.gone') : t('call.guest.title')}>
      {isGone ? (
        <Empty title={t('call.guest.gone')} text={t('call.guest.goneText')} />
      ) : data ? (
        <Announcer>
          {own && data.state !== 'finished' && (
            <Text mb="md">
              {t('call.guest.as', { name: own.name, role: t(`call.roles.${own.role}`) })} {t('call.guest.text')}
            </Text>
          )}
          <Visit access={access} state={data} side="guest" line={line} />
        </Announcer>
      ) : error ? (
        <Failed error={error} retry={refetch} />
      ) : (
        <Loading rows={2} height={180} />
      )}
    </Page>
  );
}
