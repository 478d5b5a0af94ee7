import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/viewer';
import { ticketsQuery, type Ticket } from '../requests';
import { Mark } from '../ui/Mark';
import { Page } from '../ui/Page';
import { Section } from '../ui/Section';
import { Empty, Loaded } from '../ui/States';
import ui from '../ui/Ui.module.css';
import classes from '../ui/List.module.css';

/** What was asked of the vendor's help desk: open ones first. */
export function TicketsPage() {
  const { t } = useTranslation('texts');
  const tickets = useQuery(ticketsQuery);
  return (
    <Page
      title={t('page.tickets')}
      lead={tickets.data && t(tickets.data.of_company ? 'tickets.leadCompany' : 'tickets.lead')}
    >
      <Loaded query={tickets} height_px={320}>
        {({ items }) => {
          if (items.length === 0) return <Empty title={t('tickets.none')}>{t('tickets.noneHelp')}</Empty>;
          const open = items.filter(({ is_open }) => is_open);
          const closed = items.filter(({ is_open }) => !is_open);
          return (
            <>
              <Section title={t('tickets.open', { count: open.length })}>
                {open.length === 0 ? <p className={ui.quiet}>{t('tickets.noneOpen')}</p> : <List tickets={open} />}
              </Section>
              {closed.length > 0 && (
                <Section title={t('tickets.closed')}>
                  <List tickets={closed} />
                </Section>
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

const knownPriorities = ['low', 'normal', 'high', 'urgent'];

function List({ tickets }: { tickets: readonly Ticket[] }) {
  const { t } = useTranslation('texts');
  const format = useFormat();
  return (
    <ul className={classes.list}>
      {tickets.map(({ number, subject, priority, is_open, opened_on, closed_on }) => (
        <li key={number} className={classes.row}>
          <span>
            <span className={classes.name}>{subject || t('tickets.noSubject')}</span>
            <span className={ui.quiet}>
              {number} ·{' '}
              {closed_on
                ? t('tickets.closedOn', { day: format.day(closed_on) })
                : t('tickets.openedOn', { day: format.day(opened_on) })}
            </span>
          </span>
          {is_open && priority && (
            <Mark tone={priority === 'urgent' || priority === 'high' ? 'mind' : 'plain'}>
              {knownPriorities.includes(priority) ? t(`tickets.priority.${priority}`) : priority}
            </Mark>
          )}
        </li>
      ))}
    </ul>
  );
}
