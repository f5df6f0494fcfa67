import { Anchor, Button, Group, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { Page } from '../../components/page';
import { useTypedBefore } from '../../first-paint/typed-before';
import { useSession } from '../../lib/session';

const popular = [
  'general-practice',
  'pediatrics',
  'cardiology',
  'dermatology',
  'gynecology',
  'dentistry',
  'psychology',
  'ophthalmology',
];

function Picture() {
  return (
    <svg viewBox="0 0 480 360" role="img" aria-hidden="true">
      <rect x="60" y="40" width="270" height="250" rx="26" fill="#0b5563" />
      <rect x="84" y="76" width="222" height="190" rx="14" fill="#e6f7f6" />
      {[0, 1, 2, 3, 4].map((column) =>
        [0, 1, 2, 3].map((row) => (
          <rect
            key={`${column}-${row}`}
            x={98 + column * 41}
            y={100 + row * 38}
            width="30"
            height="26"
            rx="7"
            fill={(column + row * 2) % 4 === 0 ? '#17807f' : '#ffffff'}
            stroke="#a3d9d6"
          />
        )),
      )}
      <circle cx="356" cy="226" r="84" fill="#ffd9a8" />
      <circle cx="356" cy="196" r="30" fill="#7a4a2b" />
      <circle cx="356" cy="204" r="25" fill="#f3c29b" />
      <path d="M300 296c4-46 28-62 56-62s52 16 56 62a84 84 0 0 1-112 0z" fill="#ffffff" />
      <path d="M340 240v22a14 14 0 0 0 28 0v-22" fill="none" stroke="#0b5563" strokeWidth="5" strokeLinecap="round" />
      <circle cx="374" cy="272" r="7" fill="#17807f" />
      <path d="M96 62h60" stroke="#76c6c2" strokeWidth="8" strokeLinecap="round" />
      <path
        d="M30 318h90l16-34 24 54 18-44 10 24h74"
        fill="none"
        stroke="#2f9a97"
        strokeWidth="8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

export function Home() {
  const { t } = useTranslation();
  const { account } = useSession();
  const navigate = useNavigate();
  const before = useTypedBefore();
  const [query, setQuery] = useState(before.text ?? '');
  return (
    <Page title={t('home.title')} hideTitle>
      <section className="hero" aria-labelledby="promesse">
        <div>
          <h1 id="promesse">{t('home.title')}</h1>
          <Text size="lg" className="quiet" mb="lg">
            {t('home.lead')}
          </Text>
          <form
            role="search"
            onSubmit={(event) => {
              event.preventDefault();
              void navigate(query.trim() ? `/doctors?q=${encodeURIComponent(query.trim())}` : '/doctors');
            }}
          >
            <Group align="end" gap="sm">
              <TextInput
                style={{ flex: '1 1 14rem' }}
                label={t('home.what')}
                type="search"
                autoFocus={before.isTyping}
                value={query}
                onChange={(event) => setQuery(event.currentTarget.value)}
              />
              <Button type="submit">{t('home.find')}</Button>
            </Group>
          </form>
        </div>
        <Picture />
      </section>
      <section aria-labelledby="specialites">
        <Title order={2} id="specialites" mb="sm">
          {t('home.popular')}
        </Title>
        <Group gap="xs" mb="xl">
          {popular.map((code) => (
            <Button
              key={code}
              component={Link}
              to={`/doctors?specialization=${code}`}
              variant="default"
              size="sm"
              radius="xl"
            >
              {t(`specializations.${code}`)}
            </Button>
          ))}
        </Group>
      </section>
      <section aria-labelledby="comment">
        <Title order={2} id="comment" mb="sm">
          {t('home.how')}
        </Title>
        <ol className="steps">
          {[1, 2, 3].map((step) => (
            <li key={step} className="card">
              <Text fw={700}>{t(`home.step${step}`)}</Text>
              <Text className="quiet">{t(`home.step${step}Text`)}</Text>
            </li>
          ))}
        </ol>
      </section>
      {!account && (
        <section aria-labelledby="docteur" className="card" style={{ marginTop: '2rem' }}>
          <Title order={2} id="docteur">
            {t('home.doctorTitle')}
          </Title>
          <Text mb="sm">{t('home.doctorText')}</Text>
          <Anchor component={Link} to="/sign-up?role=doctor" fw={700} underline="always">
            {t('home.doctorJoin')}
          </Anchor>
        </section>
      )}
    </Page>
  );
}
