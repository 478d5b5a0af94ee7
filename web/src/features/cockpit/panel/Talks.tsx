import { Anchor, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconLifebuoy, IconMail, IconNote, IconPhone, IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallContext } from '../../../api/work';
import { DateText } from '../../../components/DateText';
import classes from '../Cockpit.module.css';

const icons = { meeting: IconUsers, call: IconPhone, mail: IconMail, note: IconNote } as const;
const shownAtFirst = 3;

/** What was said last, and which tickets are open. */
export function Talks({ context }: { context: CallContext }) {
  const { t } = useTranslation('cockpit');
  const [all, setAll] = useState(false);
  const { interactions, tickets, account } = context;
  const shown = all ? interactions : interactions.slice(0, shownAtFirst);
  return (
    <Stack gap={8}>
      {tickets.length > 0 && (
        <ul className={classes.talks} aria-label={t('panel.tickets')}>
          {tickets.map((ticket) => (
            <li key={ticket.id}>
              <IconLifebuoy size={15} stroke={1.6} aria-hidden />
              <div>
                <b>{ticket.subject}</b>
                <Text fz="xs" c="dimmed" component="div">
                  {t('panel.openTicket', { priority: t(`priority.${ticket.priority}`) })}{' '}
                  <DateText value={ticket.opened_day} />
                </Text>
              </div>
            </li>
          ))}
        </ul>
      )}
      {interactions.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('panel.noTalks')}
        </Text>
      )}
      <ul className={classes.talks} aria-label={t('panel.talks')}>
        {shown.map((talk) => {
          const Icon = icons[talk.kind];
          return (
            <li key={talk.id}>
              <Icon size={15} stroke={1.6} aria-label={t(`talk.${talk.kind}`)} />
              <div>
                <b>{talk.subject || t(`talk.${talk.kind}`)}</b>
                <Text fz="xs" c="dimmed" component="div">
                  <DateText value={talk.day} /> {[talk.author, ...talk.contacts].filter(Boolean).join(' · ')}
                </Text>
                {talk.body && talk.body !== talk.subject && <p title={talk.body}>{talk.body}</p>}
              </div>
            </li>
          );
        })}
      </ul>
      {interactions.length > shown.length && (
        <UnstyledButton className={classes.more} onClick={() => setAll(true)}>
          {t('panel.moreTalks', { count: interactions.length - shown.length })}
        </UnstyledButton>
      )}
      <Anchor
        fz="sm"
        renderRoot={(props) => (
          <Link
            to="/accounts/$accountId"
            params={{ accountId: String(account.id) }}
            search={{ tab: 'timeline' }}
            {...props}
          />
        )}
      >
        {t('panel.timeline')}
      </Anchor>
    </Stack>
  );
}
