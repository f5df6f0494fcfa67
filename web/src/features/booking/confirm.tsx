import { Button, Stack, Text, Textarea, Title } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Alternatives, alternativesOf } from '../../components/slot-taken';
import { Page } from '../../components/page';
import { ProveEmail } from '../../components/prove-email';
import { Empty, Failed, Loading } from '../../components/states';
import { useDoctor } from '../../lib/doctor';
import { mustProve, useWaitHere } from '../../lib/email-proof';
import { rescueFocusSoon } from '../../lib/focus';
import { doctorName, fullName } from '../../lib/people';
import { type Account, useSession } from '../../lib/session';
import { bookingPath, type Slot } from '../../lib/slots';
import { Examined } from './examined';
import { IdentityFields, useIdentity } from './identity';
import { Kept } from './kept';
import { isRefused, Refusal } from './refusals';
import { Summary } from './summary';
import { useTerms } from './terms';
import { useBooking } from './use-booking';
import { useWantedSlot } from './use-wanted-slot';

/** An address may name whatever it likes. */
function knownZone(name: string | null): string | undefined {
  return name !== null && (name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name)) ? name : undefined;
}

/** Everything that a booking takes, on one page and for everybody: whoever is nobody here yet signs up or in with it. */
export default function Confirm() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const { account } = useSession();
  const navigate = useNavigate();
  const doctor = useDoctor(id);
  const terms = useTerms(id);
  const slotId = search.get('slot') ?? '';
  const zone = knownZone(search.get('zone'));
  const { slot, reservation, taken, failed: slotFailed } = useWantedSlot(id, slotId, search.get('at') ?? '');
  const identity = useIdentity();
  const [reason, setReason] = useState('');
  const [examinedBefore, setExaminedBefore] = useState(false);
  const booking = useBooking(id);
  /** Signed in a moment ago, but not to book. */
  const [stopped, setStopped] = useState(false);
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (booking.error || stopped) outcome.current?.focus();
  }, [booking.error, stopped]);
  const unproven = mustProve(account);
  useWaitHere(unproven);
  const name = doctor.data ? doctorName(doctor.data, t) : '';
  const paysNow = terms.data?.payment === 'at-booking' && (slot?.price.amount ?? 0) > 0;
  /** A hold may be made; a request waits for the proof. */
  const asksForProof = terms.data !== undefined && !paysNow;
  const mayBook = (owner: Account) => owner.role === 'patient' && !(asksForProof && mustProve(owner));
  const book = async (owner: Account) => {
    if (!mayBook(owner)) return setStopped(true);
    const kept = reservation.data && { reservation: reservation.data.id };
    const more = { ...kept, ...(examinedBefore && { examinedBefore: true as const }) };
    await booking.mutateAsync({ slotId, reason, ...more }).then(reservation.booked, () => undefined);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void (account ? book(account) : identity.identify(book));
  };
  const chooseAnother = (other: Slot) => {
    booking.reset();
    void navigate(bookingPath(id, other, zone), { replace: true });
    rescueFocusSoon();
  };
  const isBlocked = isRefused(booking.error, 'slot-taken') || (account ? !mayBook(account) : false);
  const mayBeAPatient = !account || account.role === 'patient';
  if (slot === null)
    return (
      <Page title={t('booking.title')}>
        <Empty title={t('booking.gone')} text={t('booking.goneText')}>
          {taken && <Alternatives slots={alternativesOf(taken)} onChoose={chooseAnother} justify="center" />}
          <Button component={Link} to={`/doctors/${id}`}>
            {t('booking.other')}
          </Button>
        </Empty>
      </Page>
    );
  const failed = doctor.isError ? doctor : slotFailed;
  return (
    <div className="booking-page">
      <Page title={t('booking.title')}>
        {failed ? (
          <Failed error={failed.error} retry={failed.refetch} />
        ) : !doctor.data || !slot ? (
          <Loading rows={2} height={260} />
        ) : (
          <div>
            <Summary doctor={doctor.data} slot={slot} zone={zone} terms={terms.data}>
              {reservation.data && <Kept until={reservation.data.until} renew={reservation.refetch} />}
            </Summary>
            <form noValidate className="card" onSubmit={submit}>
              <Stack>
                {account === undefined && <Loading rows={1} />}
                {account === null && <IdentityFields identity={identity} />}
                {account?.role === 'patient' && (
                  <Text>
                    {t('visit.patient')} : <strong>{fullName(account)}</strong>
                  </Text>
                )}
                {mayBeAPatient && (
                  <Textarea
                    label={`${t('booking.reason')} (${t('common.optional')})`}
                    description={t('booking.reasonHint')}
                    value={reason}
                    maxLength={1000}
                    autosize
                    minRows={2}
                    onChange={(event) => setReason(event.currentTarget.value)}
                  />
                )}
                {mayBeAPatient && (
                  <Examined
                    doctorId={id}
                    slot={slot}
                    isTicked={examinedBefore}
                    onTick={setExaminedBefore}
                    error={isRefused(booking.error, 'examination-required') ? booking.error.message : undefined}
                  />
                )}
                <div ref={outcome} tabIndex={-1}>
                  <Stack>
                    <Refusal error={booking.error} name={name} onChoose={chooseAnother} />
                    {unproven && mayBeAPatient && (
                      <ProveEmail why={t(paysNow ? 'account.email.toPay' : 'account.email.toBook')} />
                    )}
                    {mayBeAPatient ? (
                      <ActionButton
                        type="submit"
                        loading={account === undefined || identity.isBusy || booking.isPending}
                        disabled={isBlocked}
                      >
                        {t(paysNow ? 'booking.confirmAndPay' : 'booking.confirm')}
                      </ActionButton>
                    ) : (
                      <Title order={2} size="h4">
                        {t('booking.patientsOnly')}
                      </Title>
                    )}
                  </Stack>
                </div>
              </Stack>
            </form>
          </div>
        )}
      </Page>
    </div>
  );
}
