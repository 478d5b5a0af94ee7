import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallContext } from '../../../api/work';
import { DateText } from '../../../components/DateText';
import classes from '../Cockpit.module.css';

const importance = ['champion', 'executive_sponsor', 'decision_maker', 'admin', 'user'] as const;
const most = 5;

function rank({ roles }: CallContext['contacts'][number]): number {
  const at = importance.findIndex((role) => roles.includes(role));
  return at === -1 ? importance.length : at;
}

/** Whom to talk to at the customer, and who looks after them on our side. */
export function People({ context }: { context: CallContext }) {
  const { t } = useTranslation('cockpit');
  const shown = context.contacts.toSorted((a, b) => rank(a) - rank(b)).slice(0, most);
  return (
    <Stack gap={10}>
      {shown.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('panel.noContacts')}
        </Text>
      )}
      {shown.map((contact) => (
        <div key={contact.id} className={classes.contact}>
          <div>
            <Group gap={6}>
              <Text fz="sm" fw={550}>
                {contact.name}
              </Text>
              {importance
                .filter((role) => role !== 'user' && contact.roles.includes(role))
                .map((role) => (
                  <Badge key={role} size="sm">
                    {t(`contactRole.${role}`)}
                  </Badge>
                ))}
            </Group>
            <Text fz="xs" c="dimmed" component="div">
              {[contact.department, contact.title].filter(Boolean).join(' · ')}
              {(contact.department || contact.title) && contact.email && ' · '}
              {contact.email && (
                <Anchor fz="xs" href={`mailto:${contact.email}`}>
                  {contact.email}
                </Anchor>
              )}
            </Text>
          </div>
          {contact.last_interaction_day && (
            <Text fz="xs" c="dimmed" component="div" style={{ flex: 'none' }}>
              {t('panel.lastTalk')} <DateText value={contact.last_interaction_day} />
            </Text>
          )}
        </div>
      ))}
      {context.people.length > 0 && (
        <Text fz="xs" c="dimmed" component="div">
          {context.people.map(({ role, user, stands_in_for }) => (
            <span key={role} className={classes.ours}>
              {t(`role.${role}`)}: <b>{user.name}</b>
              {stands_in_for && ` ${t('standsInFor', { name: stands_in_for.name })}`}
            </span>
          ))}
        </Text>
      )}
    </Stack>
  );
}
