import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { Avatar } from '../components/avatar';
import { initialsOf } from '../lib/people';
import { useDoctorProfile, usePatientProfile } from '../lib/profile';
import { type Account, useSession } from '../lib/session';
import { rarely } from './links';
import { Preferences } from './preferences';

function OwnAvatar({ account }: { account: Account }) {
  const doctor = useDoctorProfile(account.role === 'doctor');
  const patient = usePatientProfile(account.role === 'patient');
  return <Avatar size="tiny" person={{ ...account, photo: (doctor.data ?? patient.data)?.photo ?? null }} />;
}

/** What concerns the person rather than the page: own account, language, appearance, the way out. */
export function AccountMenu({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { signOut } = useSession();
  const navigate = useNavigate();
  const name = `${account.firstName} ${account.lastName}`;
  return (
    <Menu>
      <Menu.Target>
        <Button size="compact-md" variant="light" aria-label={`${initialsOf(account)}, ${t('nav.account', { name })}`}>
          <OwnAvatar account={account} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{name}</Menu.Label>
        {account.role === 'doctor' && (
          <Menu.Item component={Link} to="/get-started">
            {t('nav.start')}
          </Menu.Item>
        )}
        {account.role === 'doctor' &&
          rarely.map(([to, label]) => (
            <Menu.Item key={to} component={Link} to={to}>
              {t(label)}
            </Menu.Item>
          ))}
        {account.role !== 'patient' && (
          <Menu.Item component={Link} to="/rules">
            {t('nav.rules')}
          </Menu.Item>
        )}
        <Menu.Item component={Link} to="/password">
          {t('account.change.title')}
        </Menu.Item>
        <Preferences />
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut().then(() => navigate('/', { replace: true }))}>
          {t('nav.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
