import { ActionIcon, Button, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { Avatar } from '../components/avatar';
import { Loading } from '../components/states';
import { EmailBanner } from '../components/email-banner';
import { Bell } from '../features/notifications/bell';
import { chooseLanguage, languages } from '../lib/i18n';
import { initialsOf } from '../lib/people';
import { useDoctorProfile, usePatientProfile } from '../lib/profile';
import { useRealtime } from '../lib/realtime';
import { type Account, useSession } from '../lib/session';
import { linksOf } from './links';
import { PaletteButton } from './palette-button';
import { ServiceBanner } from './service-banner';
import { hasTabs, TabBar } from './tab-bar';

const names = { fr: 'Français', en: 'English', ar: 'العربية' };

function OwnAvatar({ account }: { account: Account }) {
  const doctor = useDoctorProfile(account.role === 'doctor');
  const patient = usePatientProfile(account.role === 'patient');
  return <Avatar size="tiny" person={{ ...account, photo: (doctor.data ?? patient.data)?.photo ?? null }} />;
}

/** Moves focus to the content when the page changes, so that keyboard and screen reader follow. */
function useFocusOnNavigation() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else {
      main.current?.focus();
      window.scrollTo(0, 0);
    }
  }, [pathname]);
  return main;
}

export function Shell() {
  const { t, i18n } = useTranslation();
  const { account, signOut } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const navigate = useNavigate();
  const main = useFocusOnNavigation();
  useRealtime();
  const dark = scheme === 'dark';
  const isPhone = useMediaQuery('(max-width: 47.99rem)', false, { getInitialValueInEffect: false });
  const isTabbed = isPhone && hasTabs(account);
  return (
    <>
      <a className="skip" href="#content">
        {t('common.skip')}
      </a>
      <header className="header">
        <div className="header-inner">
          <Link to="/" className="brand" aria-label={`MedFlow, ${t('nav.home')}`}>
            <img src="/icon.svg" alt="" width="30" height="30" />
            <span className="brand-name">MedFlow</span>
          </Link>
          {!isTabbed && (
            <nav aria-label={t('common.mainNavigation')}>
              <div className="links">
                {linksOf(account).map(([to, label]) => (
                  <NavLink key={to} to={to}>
                    {t(label)}
                  </NavLink>
                ))}
              </div>
            </nav>
          )}
          {account && <Bell />}
          {account?.role === 'doctor' && <PaletteButton links={linksOf(account)} />}
          <ActionIcon
            size="lg"
            variant="subtle"
            aria-label={t(dark ? 'common.light' : 'common.dark')}
            onClick={() => setColorScheme(dark ? 'light' : 'dark')}
          >
            <span aria-hidden>{dark ? '☀' : '☾'}</span>
          </ActionIcon>
          <Menu>
            <Menu.Target>
              <Button
                size="compact-md"
                variant="subtle"
                aria-label={`${i18n.language.toUpperCase()}, ${t('common.language')} : ${names[i18n.language as keyof typeof names]}`}
              >
                {i18n.language.toUpperCase()}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {languages.map((language) => (
                <Menu.Item key={language} lang={language} onClick={() => void chooseLanguage(language)}>
                  {names[language]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          {account && (
            <Menu>
              <Menu.Target>
                <Button
                  size="compact-md"
                  variant="light"
                  aria-label={`${initialsOf(account)}, ${t('nav.account', { name: `${account.firstName} ${account.lastName}` })}`}
                >
                  <OwnAvatar account={account} />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Label>
                  {account.firstName} {account.lastName}
                </Menu.Label>
                {account.role === 'doctor' && (
                  <Menu.Item component={Link} to="/get-started">
                    {t('nav.start')}
                  </Menu.Item>
                )}
                <Menu.Item component={Link} to="/password">
                  {t('account.change.title')}
                </Menu.Item>
                <Menu.Item onClick={() => void signOut().then(() => navigate('/'))}>{t('nav.signOut')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
          {account === null && (
            <Button component={Link} to="/sign-in" size="compact-md">
              {t('nav.signIn')}
            </Button>
          )}
        </div>
        <ServiceBanner />
      </header>
      <Notifications position={isPhone ? 'top-center' : 'bottom-right'} />
      <main id="content" ref={main} tabIndex={-1} data-tabbed={isTabbed}>
        <EmailBanner />
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      {isTabbed && <TabBar account={account} />}
    </>
  );
}
