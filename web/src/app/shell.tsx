import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import { Loading } from '../components/states';
import { EmailBanner } from '../components/email-banner';
import { later } from '../lib/later';
import { useRealtime } from '../lib/realtime';
import { useSession } from '../lib/session';
import { hasTabs, linksOf } from './links';
import { PreferencesChoice } from './preferences-choice';
import { ServiceBanner } from './service-banner';

const loadSignedIn = () => import('./signed-in');
const loadTabBar = () => import('./tab-bar');
const SignedIn = later(loadSignedIn);
const TabBar = later(loadTabBar);

/** While it is asked whether somebody is signed in, what they will see is loaded. */
function useOwnHeaderSoon(isUnknown: boolean, isPhone: boolean) {
  useEffect(() => {
    if (!isUnknown) return;
    loadSignedIn().catch(() => undefined);
    if (isPhone) loadTabBar().catch(() => undefined);
  }, [isUnknown, isPhone]);
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
  const { t } = useTranslation();
  const { account } = useSession();
  const main = useFocusOnNavigation();
  useRealtime();
  const isPhone = useMediaQuery('(max-width: 47.99rem)', false, { getInitialValueInEffect: false });
  useOwnHeaderSoon(account === undefined, isPhone);
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
          {account ? (
            <Suspense>
              <SignedIn account={account} />
            </Suspense>
          ) : (
            <PreferencesChoice />
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
      <main
        id="content"
        ref={main}
        tabIndex={-1}
        data-tabbed={isTabbed}
        data-density={account?.role === 'doctor' ? 'dense' : undefined}
      >
        <EmailBanner />
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      {isTabbed && (
        <Suspense>
          <TabBar account={account} />
        </Suspense>
      )}
    </>
  );
}
