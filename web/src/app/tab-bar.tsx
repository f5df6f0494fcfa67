import { Indicator, Menu } from '@mantine/core';
import {
  IconCalendar,
  IconCreditCard,
  IconDots,
  IconHome,
  IconInbox,
  IconSearch,
  IconSun,
  IconUser,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation } from 'react-router';
import { useAppointments } from '../lib/appointments';
import type { Account } from '../lib/session';
import { linksOf } from './links';

/** Address, key of its short name, picture. */
type Tab = [to: string, label: string, Icon: TablerIcon];

const patients: Tab[] = [
  ['/dashboard', 'nav.home', IconHome],
  ['/doctors', 'nav.tabs.find', IconSearch],
  ['/appointments', 'nav.tabs.visits', IconCalendar],
  ['/payments', 'nav.payments', IconCreditCard],
  ['/profile', 'nav.tabs.profile', IconUser],
];
const doctors: Tab[] = [
  ['/dashboard', 'agenda.today', IconSun],
  ['/agenda', 'nav.agenda', IconCalendar],
  ['/requests', 'nav.requests', IconInbox],
  ['/patients', 'patients.title', IconUsers],
];

/** The pages that do not fit, one press away. */
function More({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const others = linksOf(account).filter(([to]) => !doctors.some(([tab]) => tab === to));
  return (
    <Menu position="top-end">
      <Menu.Target>
        <button type="button" className="tab" data-within={others.some(([to]) => pathname.startsWith(to))}>
          <IconDots aria-hidden size={22} />
          {t('nav.tabs.more')}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map(([to, label]) => (
          <Menu.Item key={to} component={Link} to={to}>
            {t(label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** On phones, the five places that a person goes to most, under the thumb; for doctors with what waits for an answer. */
export default function TabBar({ account }: { account: Account }) {
  const { t } = useTranslation();
  const isDoctor = account.role === 'doctor';
  const requests = useAppointments({ status: ['requested'], order: 'asc' }, isDoctor);
  const waiting = requests.data?.pages[0]?.items.length ?? 0;
  return (
    <nav aria-label={t('common.mainNavigation')} className="tab-bar">
      {(isDoctor ? doctors : patients).map(([to, label, Icon]) => {
        const count = to === '/requests' ? waiting : 0;
        return (
          <NavLink key={to} to={to} className="tab">
            <Indicator inline disabled={count === 0} label={count} size={16} color="red.8">
              <Icon aria-hidden size={22} />
            </Indicator>
            {t(label)}
          </NavLink>
        );
      })}
      {isDoctor && <More account={account} />}
    </nav>
  );
}
