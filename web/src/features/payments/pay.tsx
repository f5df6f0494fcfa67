import { Button, Checkbox, Group, Radio, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { AppointmentCard } from '../../components/appointment-card';
import { Page } from '../../components/page';
import { Empty, Failed, Loading } from '../../components/states';
import { hasLostDoctor } from '../../components/without-doctor';
import { api, dataOf } from '../../lib/api';
import type { Appointment } from '../../lib/appointments';
import { formatDayTime, formatMoney, leftToRight } from '../../lib/format';
import { isGiven, type Method, type Payment, useMethods, useOpenPayment, usePay, usePayment } from '../../lib/payments';
import { mustProve, useWaitHere } from '../../lib/email-proof';
import { lookAgainIn } from '../../lib/patience';
import { ProblemError } from '../../lib/problems';
import { useSession } from '../../lib/session';
import { wantsPayment } from '../../lib/visit';
import { IntentionKey } from '../../lib/write';
import { doctorName } from '../../lib/people';
import { CardForm } from './card-form';
import { type CardEntry, CardRefused, TypedMethod } from './card-entry';
import { secondsLeft } from './card';
import { Countdown } from './countdown';
import { Declined } from './declined';
import { Facts } from './facts';
import { ReceiptButton } from '../../components/receipt-button';
import { Unproven } from './unproven';

const NEW_CARD = 'new';

const expiryText = ({ expMonth, expYear }: Method): string =>
  `${String(expMonth).padStart(2, '0')}/${String(expYear % 100).padStart(2, '0')}`;

function Done({ payment }: { payment: Payment }) {
  const { t, i18n } = useTranslation();
  const paid = payment.status === 'paid';
  return (
    <Stack className="card medium" role="status">
      <Text size="lg" fw={700}>
        {formatMoney(payment.amount, i18n.language)}
      </Text>
      <Text>
        {doctorName(payment.doctor, t)} · {formatDayTime(payment.startsAt, i18n.language)}
      </Text>
      <Text>
        {t(paid ? 'payments.paidText' : payment.intent === 'setup' ? 'payments.setupText' : 'payments.authorisedText')}
      </Text>
      <Group>
        {payment.receiptNumber && <ReceiptButton payment={payment} />}
        <Button component={Link} to={`/appointments/${payment.appointmentId}`} variant={paid ? 'default' : 'filled'}>
          {t('visit.open')}
        </Button>
      </Group>
    </Stack>
  );
}

function PayForm({ appointment, payment, methods }: { appointment: Appointment; payment: Payment; methods: Method[] }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const entry = useRef<CardEntry>(null);
  const [typed] = useState(() => new TypedMethod(entry));
  const [attempt] = useState(() => new IntentionKey());
  const [chosen, setChosen] = useState(methods.find(({ isDefault }) => isDefault)?.id ?? methods[0]?.id ?? NEW_CARD);
  const [keep, setKeep] = useState(false);
  const [busy, setBusy] = useState(false);
  /** Since then the provider has said yes here; ours learn of it by themselves. */
  const [given, setGiven] = useState<number>();
  const [refusal, setRefusal] = useState<unknown>(
    payment.declineCode && payment.status === 'failed' ? new CardRefused(payment.declineCode) : undefined,
  );
  const pay = usePay();
  const followed = usePayment(payment.id, given);
  const known = followed.data ?? payment;
  const waiting = given !== undefined && known.status !== 'failed';
  const settled = () => {
    typed.forget();
    attempt.settled();
  };
  const settle = () => queries.invalidateQueries({ queryKey: ['payments', payment.id] });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || waiting) return;
    setBusy(true);
    setGiven(undefined);
    setRefusal(undefined);
    try {
      const paymentMethodId = chosen === NEW_CARD ? await typed.tokenise() : chosen;
      if (!paymentMethodId) return;
      const body = { appointmentId: appointment.id, paymentMethodId, savePaymentMethod: keep && chosen === NEW_CARD };
      const made = await pay.mutateAsync({ ...body, attempt: attempt.for(`${paymentMethodId} ${keep}`) });
      settled();
      if (made.status === 'requires-action' && made.clientSecret) {
        const { clientSecret, intent: kind } = made;
        const confirmed = await entry.current?.authenticate({ clientSecret, kind });
        if (!confirmed) throw new CardRefused('authentication_required');
      }
      queries.setQueryData(['payments', payment.id], { ...made, status: 'processing' });
      setGiven(Date.now());
      await settle();
    } catch (error) {
      if (!(error instanceof ProblemError) || !error.isTemporary) settled();
      setRefusal(error);
      // It may have been paid elsewhere, or the answer alone was lost.
      void settle();
    } finally {
      setBusy(false);
    }
  };

  if (isGiven(known.status)) {
    return (
      <Page title={t(known.status === 'paid' ? 'payments.paid' : 'payments.authorised')}>
        <Done payment={known} />
      </Page>
    );
  }
  return (
    <Page title={t('payments.payTitle')}>
      <Stack className="medium">
        {appointment.holdUntil && (
          <Countdown
            holdUntil={appointment.holdUntil}
            onLapse={() => void queries.invalidateQueries({ queryKey: ['appointment', appointment.id] })}
          />
        )}
        <Facts appointment={appointment} />
        <form noValidate onSubmit={(event) => void submit(event)}>
          <Stack>
            {methods.length > 0 && (
              <Radio.Group label={t('payments.method')} value={chosen} onChange={setChosen}>
                <Stack gap="xs" mt="xs">
                  {methods.map((method) => (
                    <Radio
                      key={method.id}
                      value={method.id}
                      label={t('payments.savedCard', {
                        brand: method.brand.toUpperCase(),
                        last4: method.last4,
                        expiry: leftToRight(expiryText(method)),
                      })}
                    />
                  ))}
                  <Radio value={NEW_CARD} label={t('payments.newCard')} />
                </Stack>
              </Radio.Group>
            )}
            <CardForm
              provider={payment.provider}
              publishableKey={payment.publishableKey}
              amount={payment.amount}
              shown={chosen === NEW_CARD}
              entry={entry}
              onEdit={typed.forget}
            />
            {chosen === NEW_CARD && payment.intent === 'payment' && (
              <Checkbox
                label={t('payments.keepCard')}
                checked={keep}
                onChange={(event) => setKeep(event.currentTarget.checked)}
              />
            )}
            <Declined
              error={
                given !== undefined && known.status === 'failed'
                  ? new CardRefused(known.declineCode ?? 'generic_decline')
                  : refusal
              }
            />
            <ActionButton type="submit" loading={busy || waiting}>
              {t('payments.payAmount', { amount: formatMoney(payment.amount, i18n.language) })}
            </ActionButton>
            <Text role="status" size="sm">
              {(busy || waiting) && t('payments.waiting')}
            </Text>
          </Stack>
        </form>
      </Stack>
    </Page>
  );
}

/** Why there is nothing to pay here. */
function Nothing({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation();
  const lapsed = appointment.status === 'expired' && appointment.payment.status !== 'authorised';
  const early = appointment.status === 'requested' && appointment.payment.status === 'due';
  if (hasLostDoctor(appointment)) {
    return (
      <Page title={t('payments.payTitle')}>
        <AppointmentCard appointment={appointment} side="patient">
          <Button component={Link} to={`/appointments/${appointment.id}`} variant="default">
            {t('visit.open')}
          </Button>
        </AppointmentCard>
      </Page>
    );
  }
  const [title, text] = lapsed
    ? (['payments.lapsed', 'payments.lapsedText'] as const)
    : early
      ? (['payments.notYet', 'payments.notYetText'] as const)
      : (['payments.ended', undefined] as const);
  return (
    <Page title={t('payments.payTitle')}>
      <Empty title={t(title)} text={text && t(text)}>
        <Button component={Link} to={lapsed ? `/doctors/${appointment.doctor.id}` : `/appointments/${appointment.id}`}>
          {t(lapsed ? 'payments.another' : 'visit.open')}
        </Button>
      </Empty>
    </Page>
  );
}

/** The slot's time to pay is over, and the server is about to say so: since when. */
const lapsedAt = ({ status, holdUntil }: Appointment): number | undefined =>
  status === 'held' && holdUntil !== undefined && secondsLeft(holdUntil, Date.now()) === 0
    ? Date.parse(holdUntil)
    : undefined;

const isOver = ({ status, payment, doctorUnavailable }: Appointment): boolean =>
  (doctorUnavailable || ['expired', 'cancelled', 'rejected'].includes(status)) && !isGiven(payment.status);

/** `/appointments/:id/pay`: leaving and coming back finds the same payment. */
export default function PayPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const appointment = useQuery({
    queryKey: ['appointment', id],
    queryFn: ({ signal }) => dataOf(api.GET('/appointments/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => {
      const since = state.data && lapsedAt(state.data);
      return since === undefined ? false : lookAgainIn(since);
    },
  });
  const payable = appointment.data !== undefined && wantsPayment(appointment.data);
  const unproven = mustProve(useSession().account);
  useWaitHere(payable && unproven);
  const wanted = payable && !unproven;
  const opened = useOpenPayment(id, wanted);
  const methods = useMethods();
  const problem =
    appointment.error ?? (opened.error instanceof ProblemError && opened.error.status === 409 ? null : opened.error);
  if (problem) {
    return (
      <Page title={t('payments.payTitle')}>
        <Failed error={problem} retry={() => Promise.all([appointment.refetch(), opened.refetch()])} />
      </Page>
    );
  }
  if (appointment.data && payable && unproven) return <Unproven appointment={appointment.data} />;
  if (!appointment.data || (wanted && opened.isPending) || methods.isPending) {
    return (
      <Page title={t('payments.payTitle')}>
        <Loading rows={2} height={180} />
      </Page>
    );
  }
  // What was opened here stays on the page while it is being paid.
  if (opened.data) {
    return isOver(appointment.data) ? (
      <Nothing appointment={appointment.data} />
    ) : (
      <PayForm appointment={appointment.data} payment={opened.data} methods={methods.data?.items ?? []} />
    );
  }
  return <Settled appointment={appointment.data} />;
}

/** Paid already, or not to be paid. */
function Settled({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation();
  const { status, paymentId } = appointment.payment;
  const payment = usePayment(isGiven(status) ? paymentId : undefined);
  if (!isGiven(status) || paymentId === undefined) return <Nothing appointment={appointment} />;
  if (!payment.data) {
    return (
      <Page title={t('payments.payTitle')}>
        {payment.isError ? <Failed error={payment.error} retry={payment.refetch} /> : <Loading rows={1} height={180} />}
      </Page>
    );
  }
  return (
    <Page title={t(payment.data.status === 'paid' ? 'payments.paid' : 'payments.authorised')}>
      <Done payment={payment.data} />
    </Page>
  );
}
