import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirm } from '../../components/confirm';
import { DateText } from '../../components/DateText';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useViewer } from '../../lib/viewer';
import { PasswordForm } from './PasswordForm';
import { RoleSelect } from './RoleSelect';
import { useChangeUser, type User, type UserChange } from './users';

/** One user beside the list: name, role, password, and shutting the door. */
export function UserPanel({ user }: { user: User }) {
  const { t } = useTranslation('identity');
  const { userId } = useViewer();
  const change = useChangeUser();
  const [name, setName] = useState(user.name);
  const isSelf = user.id === userId;

  const apply = (next: UserChange, before: UserChange) =>
    carryOut(
      change,
      { id: user.id, change: next },
      {
        onSuccess: () =>
          showToast(t('users.changed', { name: user.name }), () =>
            carryOut(change, { id: user.id, change: before }, { onError: showProblem }),
          ),
        onError: showProblem,
      },
    );
  const saveName = () => {
    const next = name.trim();
    if (next === '') setName(user.name);
    else if (next !== user.name) apply({ name: next }, { name: user.name });
  };
  const disable = () =>
    confirm({
      title: t('users.disableTitle', { name: user.name }),
      children: t('users.disableDetail'),
      confirmLabel: t('users.disable'),
      danger: true,
      onConfirm: () => apply({ disabled: true }, { disabled: false }),
    });
  return (
    <Stack gap="lg">
      <div>
        <Text fz="sm">{user.email}</Text>
        <Text fz="sm" c="dimmed" component="div">
          {t('users.lastSeen')}:{' '}
          {user.last_seen_at ? <DateText value={user.last_seen_at} form="both" /> : t('users.never')}
        </Text>
      </div>
      <TextInput
        label={t('field.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={saveName}
      />
      <div>
        <RoleSelect value={user.role} onChange={(role) => apply({ role }, { role: user.role })} disabled={isSelf} />
        {isSelf && (
          <Text fz="xs" c="dimmed" mt={6}>
            {t('users.ownRole')}
          </Text>
        )}
      </div>
      {!isSelf && (
        <>
          <section>
            <Title order={3} mb={8}>
              {t('password.resetTitle')}
            </Title>
            <PasswordForm userId={user.id} needsCurrent={false} />
          </section>
          <section>
            <Title order={3} mb={4}>
              {t('users.access')}
            </Title>
            <Text fz="sm" c="dimmed" mb={8}>
              {t(user.disabled ? 'users.enableHelp' : 'users.disableHelp')}
            </Text>
            {user.disabled ? (
              <Button variant="default" onClick={() => apply({ disabled: false }, { disabled: true })}>
                {t('users.enable')}
              </Button>
            ) : (
              <Button variant="default" c="var(--mantine-color-error)" onClick={disable}>
                {t('users.disable')}
              </Button>
            )}
          </section>
        </>
      )}
    </Stack>
  );
}
