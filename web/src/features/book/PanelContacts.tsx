import { Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../components/DateText';
import type { Contact } from './account';
import classes from './Book.module.css';

/** Who matters most comes first. */
const roleOrder = ['champion', 'executive_sponsor', 'decision_maker', 'admin', 'user'] as const;
const most = 4;

function importance({ roles }: Contact): number {
  const rank = roleOrder.findIndex((role) => roles.includes(role));
  return rank === -1 ? roleOrder.length : rank;
}

/** The people to talk to: champions and sponsors first, and when each was last seen in the product. */
export function PanelContacts({ contacts }: { contacts: readonly Contact[] }) {
  const { t } = useTranslation('book');
  const present = contacts.filter(({ left_day }) => left_day === null || left_day === undefined);
  const shown = present.toSorted((a, b) => importance(a) - importance(b)).slice(0, most);
  if (shown.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('panel.noContacts')}
      </Text>
    );
  return (
    <Stack gap={10}>
      {shown.map((contact) => (
        <div key={contact.id} className={classes.contact}>
          <div>
            <Group gap={6}>
              <Text fz="sm" fw={550}>
                {contact.name}
              </Text>
              {roleOrder
                .filter((role) => role !== 'user' && contact.roles.includes(role))
                .map((role) => (
                  <Badge key={role} size="sm">
                    {t(`role.${role}`)}
                  </Badge>
                ))}
            </Group>
            {(contact.department || contact.title) && (
              <Text fz="xs" c="dimmed">
                {[contact.department, contact.title].filter(Boolean).join(' · ')}
              </Text>
            )}
          </div>
          {contact.last_active_day && (
            <Text fz="xs" c="dimmed" component="div" style={{ flex: 'none' }}>
              {t('panel.lastActive')} <DateText value={contact.last_active_day} />
            </Text>
          )}
        </div>
      ))}
      {present.length > most && (
        <Text fz="xs" c="dimmed">
          {t('panel.moreContacts', { count: present.length - most })}
        </Text>
      )}
    </Stack>
  );
}
