import { Badge, Button, CopyButton, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { WriteProblem } from '../../components/states';
import { toast } from '../../lib/toast';
import type { VisitState } from '../../lib/waiting';
import { type GuestRole, useInvitation, useVisitStep, type VisitAccess } from './calls';

const guestRoles: readonly GuestRole[] = ['interpreter', 'carer', 'professional'];

function Message({ access, state }: { access: VisitAccess; state: VisitState }) {
  const { t } = useTranslation();
  const step = useVisitStep(access);
  const [message, setMessage] = useState(state.message ?? '');
  const save = (event: FormEvent) => {
    event.preventDefault();
    step.mutate(
      { name: 'message', message: message.trim() },
      { onSuccess: () => toast(t('call.people.messageSaved')) },
    );
  };
  return (
    <Stack component="form" gap="xs" onSubmit={save}>
      <TextInput
        label={t('call.people.message')}
        description={t('call.people.messageHint')}
        maxLength={300}
        value={message}
        onChange={({ currentTarget }) => setMessage(currentTarget.value)}
      />
      <ActionButton type="submit" size="sm" variant="default" loading={step.isPending} style={{ alignSelf: 'start' }}>
        {t('common.save')}
      </ActionButton>
      <WriteProblem error={step.error} />
    </Stack>
  );
}

function Invite({ access }: { access: VisitAccess }) {
  const { t } = useTranslation();
  const heading = useId();
  const invitation = useInvitation(access);
  const [name, setName] = useState('');
  const [role, setRole] = useState<GuestRole>('interpreter');
  const invite = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) invitation.mutate({ name: name.trim(), role });
  };
  const { data, variables } = invitation;
  return (
    <Stack component="form" gap="xs" onSubmit={invite} aria-labelledby={heading}>
      <Title order={3} size="h6" id={heading}>
        {t('call.people.invite')}
      </Title>
      <TextInput
        label={t('call.people.name')}
        required
        maxLength={80}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <NativeSelect
        label={t('call.people.role')}
        value={role}
        data={guestRoles.map((value) => ({ value, label: t(`call.roles.${value}`) }))}
        onChange={({ currentTarget }) => setRole(currentTarget.value as GuestRole)}
      />
      <ActionButton
        type="submit"
        size="sm"
        variant="default"
        loading={invitation.isPending}
        style={{ alignSelf: 'start' }}
      >
        {t('call.people.makeLink')}
      </ActionButton>
      <WriteProblem error={invitation.error} />
      {data && (
        <Stack gap="xs" role="status">
          <TextInput label={t('call.people.link')} readOnly value={data.url} dir="ltr" />
          <Text size="sm" className="quiet">
            {t('call.people.linkHint', { name: variables?.name })}
          </Text>
          <CopyButton value={data.url}>
            {({ copied, copy }) => (
              <Button type="button" size="sm" onClick={copy} style={{ alignSelf: 'start' }}>
                {t(copied ? 'call.people.copied' : 'call.people.copy')}
              </Button>
            )}
          </CopyButton>
        </Stack>
      )}
    </Stack>
  );
}

/** Who takes part, with the role that everybody sees; the doctor invites, and tells those who wait. */
export function PeoplePanel({
  access,
  state,
  isDoctor,
}: {
  access: VisitAccess;
  state: VisitState;
  isDoctor: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Stack>
      <ul className="plain-list">
        {state.participants.map(({ id, name, role, state: stands, online }) => (
          <li key={id}>
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <span>
                <Text fw={600} dir="auto">
                  {name} {id === state.self && <span className="quiet">({t('call.you')})</span>}
                </Text>
                <Text size="sm" className="quiet">
                  {t(`call.roles.${role}`)}
                </Text>
              </span>
              <Badge variant="outline" color="gray" styles={{ label: { color: 'var(--ink)' } }}>
                {stands === 'admitted' && !online ? t('call.people.offline') : t(`call.people.states.${stands}`)}
              </Badge>
            </Group>
          </li>
        ))}
      </ul>
      {isDoctor && <Message access={access} state={state} />}
      {isDoctor && <Invite access={access} />}
    </Stack>
  );
}
