import { Button, Group, Stack, Textarea, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { SlotTaken } from '../../components/slot-taken';
import { ProveEmail } from '../../components/prove-email';
import { Empty, Failed, Loading, WriteProblem } from '../../components/states';
import { api, dataOf } from '../../lib/api';
import { mustProve, useWaitHere } from '../../lib/email-proof';
import { formatDayTime, formatMoney } from '../../lib/format';
import { doctorName } from '../../lib/people';
import { ownActs } from '../../lib/own-acts';
import { ProblemError } from '../../lib/problems';
import { useSession } from '../../lib/session';
import { bookingPath, useSlot } from '../../lib/slots';
import { useCreation } from '../../lib/write';
import { useDoctor } from '../../lib/doctor';
import { TooManyOpen } from './refusals';
import { Terms, useTerms } from './terms';

/** An address may name whatever it likes. */
function knownZone(name: string | null): string | undefined {
  return name !== null && (name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name)) ? name : undefined;
}

export default function Confirm() {
  const { t, i18n } = useTranslation();
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const { account } = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const doctor = useDoctor(id);
  const [reason, setReason] = useState('');
  const slotId = search.get('slot') ?? '';
  const zone = knownZone(search.get('zone'));
  const slot = useSlot(id, slotId, search.get('at') ?? '');
  const booking = useCreation(
    (body: { slotId: string; reason: string }, key) =>
      dataOf(api.POST('/appointments', { body, params: { header: { 'Idempotency-Key': key } } })),
    {
      onSuccess: (booked) => {
        ownActs.note(booked.id);
        // A slot that is held waits for its payment: nothing else matters now.
        const page = booked.status === 'held' ? '/pay' : '';
        void navigate(`/appointments/${booked.id}${page}`, { replace: true, state: { booked: true } });
        return Promise.all([
          queries.invalidateQueries({ queryKey: ['appointments'] }),
          queries.invalidateQueries({ queryKey: ['slots', id] }),
        ]);
      },
      onError: () => void queries.invalidateQueries({ queryKey: ['slots', id] }),
    },
  );
  const terms = useTerms(id);
  const unproven = mustProve(account);
  useWaitHere(unproven);
  const name = doctor.data ? doctorName(doctor.data, t) : '';
  const price = slot.data?.price;
  const paysNow = terms.data?.payment === 'at-booking' && (price?.amount ?? 0) > 0;
  // A hold may be made; a request waits for the proof.
  const mayNotAsk = unproven && !paysNow;
  const refused = (code: string): ProblemError | undefined =>
    booking.error instanceof ProblemError && booking.error.code === code ? booking.error : undefined;
  const taken = refused('slot-taken');
  const tooMany = refused('too-many-requests-open');
  return (
    <Page title={t('booking.title')}>
      {doctor.isPending || slot.isPending ? (
        <Loading rows={1} height={260} />
      ) : slot.isError ? (
        <Failed error={slot.error} retry={slot.refetch} />
      ) : !slot.data ? (
        <Empty title={t('booking.gone')} text={t('booking.goneText')}>
          <Button component={Link} to={`/doctors/${id}`}>
            {t('booking.other')}
          </Button>
        </Empty>
      ) : (
        <Stack className="medium">
          <dl className="facts card">
            <dt>{t('booking.with')}</dt>
            <dd>{name}</dd>
            <dt>{t('booking.when')}</dt>
            <dd>
              {formatDayTime(slot.data.startsAt, i18n.language, zone)}
              {zone && ` (${zone})`}
            </dd>
            <dt>{t('directory.mode')}</dt>
            <dd>{t(`modes.${slot.data.mode}`)}</dd>
            <dt>{t('booking.price')}</dt>
            <dd>{formatMoney(slot.data.price, i18n.language)}</dd>
          </dl>
          {terms.data && (
            <Terms terms={terms.data} free={slot.data.price.amount === 0} startsAt={slot.data.startsAt} zone={zone} />
          )}
          {taken && (
            <SlotTaken
              problem={taken}
              onChoose={(slot) => {
                booking.reset();
                void navigate(bookingPath(id, slot), { replace: true });
              }}
            />
          )}
          {unproven && <ProveEmail why={t(paysNow ? 'account.email.toPay' : 'account.email.toBook')} />}
          {account?.role === 'patient' ? (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                booking.mutate({ slotId, reason });
              }}
            >
              <Stack>
                <Textarea
                  label={`${t('booking.reason')} (${t('common.optional')})`}
                  description={t('booking.reasonHint')}
                  value={reason}
                  maxLength={1000}
                  autosize
                  minRows={2}
                  onChange={(event) => setReason(event.currentTarget.value)}
                />
                {tooMany && <TooManyOpen problem={tooMany} name={name} />}
                {!taken && !tooMany && <WriteProblem inForm error={booking.error} />}
                <Group>
                  <ActionButton type="submit" loading={booking.isPending} disabled={Boolean(taken) || mayNotAsk}>
                    {t(paysNow ? 'booking.confirmAndPay' : 'booking.confirm')}
                  </ActionButton>
                  <Button component={Link} to={`/doctors/${id}`} variant="default">
                    {t('booking.other')}
                  </Button>
                </Group>
              </Stack>
            </form>
          ) : (
            <Title order={2} size="h4">
              {t('booking.patientsOnly')}
            </Title>
          )}
        </Stack>
      )}
    </Page>
  );
}
