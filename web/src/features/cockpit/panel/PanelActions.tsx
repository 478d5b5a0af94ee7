import { ActionIcon, Tooltip } from '@mantine/core';
import { IconBell, IconBellOff, IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { callQuery } from '../../../api/work';
import { useCallDeeds } from '../../../components/calls/use-call-deeds';

/** Beside the close button: hearing of the call, and the account's own page. */
export function PanelActions({ id }: { id: string }) {
  const { t } = useTranslation('cockpit');
  const { data: call } = useQuery(callQuery(id));
  const { follow } = useCallDeeds();
  if (!call) return null;
  const bell = t(call.follows ? 'panel.unfollow' : 'panel.follow');
  const Bell = call.follows ? IconBell : IconBellOff;
  return (
    <>
      <Tooltip label={bell}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={bell}
          aria-pressed={call.follows}
          onClick={() => follow(call.id, !call.follows)}
        >
          <Bell size={17} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('panel.openAccount')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('panel.openAccount')}
          renderRoot={(props) => (
            <Link to="/accounts/$accountId" params={{ accountId: String(call.account.id) }} {...props} />
          )}
        >
          <IconExternalLink size={17} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
