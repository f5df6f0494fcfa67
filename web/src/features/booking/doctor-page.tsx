import { Badge, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { Avatar } from '../../components/avatar';
import { Booker } from '../../components/booker';
import { Page } from '../../components/page';
import { PublicReviews } from '../../components/public-reviews';
import { RatingLine } from '../../components/stars';
import { Empty, Failed, Loading } from '../../components/states';
import { useDoctor } from '../../lib/doctor';
import { cityName } from '../../lib/cities';
import { formatDayTime, formatMoney, viewerZone } from '../../lib/format';
import { usePieceByPiece } from '../../lib/piece-by-piece';
import { ProblemError } from '../../lib/problems';
import { doctorName } from '../../lib/people';
import { bookingPath, type Slot } from '../../lib/slots';
import { TermsOf } from './terms';

/** Who it is comes first; what is drawn next, piece by piece. */
const WITH_TIMES = 2;
const WITH_REVIEWS = 3;

export default function DoctorPage() {
  const { t, i18n } = useTranslation();
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const [address] = useSearchParams();
  const doctor = useDoctor(id);
  const drawn = usePieceByPiece(WITH_REVIEWS, 1);
  const [slot, setSlot] = useState<Slot>();
  const [zone, setZone] = useState(viewerZone);
  if (doctor.isPending) return <Loading rows={2} height={200} />;
  if (doctor.isError) {
    const gone = doctor.error instanceof ProblemError && doctor.error.status === 404;
    return (
      <Page title={t('directory.title')}>
        {gone ? (
          <Empty title={t('doctor.missing')}>
            <Button component={Link} to="/doctors">
              {t('nav.doctors')}
            </Button>
          </Empty>
        ) : (
          <Failed error={doctor.error} retry={doctor.refetch} />
        )}
      </Page>
    );
  }
  const { data } = doctor;
  const lists = [
    ['doctor.qualifications', data.qualifications],
    ['doctor.experience', data.experience],
  ] as const;
  return (
    <Page title={doctorName(data, t)}>
      <div className="doctor-page">
        <Group gap="sm" className="who">
          <Avatar person={data} size="large" />
          <Stack gap={6}>
            <Group gap={6}>
              {data.specializations.map((code) => (
                <Badge key={code} variant="light" size="lg" tt="none">
                  {t(`specializations.${code}`)}
                </Badge>
              ))}
            </Group>
            <RatingLine average={data.rating.average} count={data.rating.count} none={t('directory.noReviews')} />
            <Text>
              <bdi>
                <strong>{formatMoney(data.price, i18n.language)}</strong>
              </bdi>{' '}
              · <bdi>{cityName(data.city, i18n.language)}</bdi>
            </Text>
          </Stack>
        </Group>
        <section className="card book" aria-labelledby="creneaux">
          <Title order={2} id="creneaux" mb="sm">
            {t('doctor.slots')}
          </Title>
          {drawn < WITH_TIMES ? (
            <Loading rows={1} height={520} />
          ) : (
            <Booker
              doctorId={id}
              chosen={slot}
              onChoose={setSlot}
              zone={zone}
              onZone={setZone}
              firstMode={address.get('mode') ?? ''}
            >
              <TermsOf doctorId={id} free={slot?.price.amount === 0} startsAt={slot?.startsAt} zone={zone} />
            </Booker>
          )}
          {slot && (
            <div className="sticky-bottom" style={{ background: 'var(--card)', paddingBlock: '0.75rem' }} role="status">
              <Text size="sm" mb={6}>
                {t('doctor.chosen')} : <strong>{formatDayTime(slot.startsAt, i18n.language, zone)}</strong>
              </Text>
              <Button
                fullWidth
                onClick={() => void navigate(bookingPath(id, slot, zone === viewerZone() ? undefined : zone))}
              >
                {t('doctor.book')}
              </Button>
            </div>
          )}
        </section>
        <div className="about">
          <dl className="facts card">
            <dt>{t('booking.price')}</dt>
            <dd>{formatMoney(data.price, i18n.language)}</dd>
            <dt>{t('doctor.place')}</dt>
            <dd>{[data.address, cityName(data.city, i18n.language)].filter(Boolean).join(', ')}</dd>
            <dt>{t('doctor.languages')}</dt>
            <dd>{data.languages.map((code) => t(`languages.${code}`)).join(', ')}</dd>
          </dl>
          <Title order={2} mt="lg" mb="xs">
            {t('doctor.about')}
          </Title>
          <Text style={{ whiteSpace: 'pre-line' }}>{data.biography}</Text>
          {lists.map(([title, items]) =>
            items.length > 0 ? (
              <section key={title}>
                <Title order={2} mt="lg" mb="xs">
                  {t(title)}
                </Title>
                <List>
                  {items.map((item) => (
                    <List.Item key={item}>{item}</List.Item>
                  ))}
                </List>
              </section>
            ) : null,
          )}
          {drawn >= WITH_REVIEWS && <PublicReviews doctorId={id} />}
        </div>
      </div>
    </Page>
  );
}
