import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallDetail } from '../../../api/work';
import { KindBadge, SeverityBadge, StatusBadge } from '../../../components/calls/Badges';
import { DueText } from '../../../components/calls/DueText';
import { DateText } from '../../../components/DateText';
import { Money } from '../../../components/Money';
import { useFormat, useLanguage } from '../../../lib/viewer';
import classes from '../Cockpit.module.css';

/** What it is, until when, whose, and what it is worth. */
export function Facts({ call }: { call: CallDetail }) {
  const { t } = useTranslation('cockpit');
  const format = useFormat();
  const language = useLanguage();
  const isClosed = call.status === 'closed';
  const outcome = call.outcomes.find((each) => each.outcome === call.outcome);
  return (
    <div>
      <Text fw={600} fz="md" mb={6} className="phrases">
        {call.title[language]}
      </Text>
      <Group gap="sm" mb="sm">
        <StatusBadge status={call.status} />
        <SeverityBadge severity={call.severity} />
        <KindBadge kind={call.kind} />
      </Group>
      <dl className={classes.facts}>
        <Fact label={t('column.due')}>
          <DueText day={call.due_day} businessDaysLeft={call.business_days_left} isFinished={isClosed} />
        </Fact>
        <Fact label={t('column.responsible')}>
          {call.responsible?.name ?? t('nobody')}
          <span className={classes.note}>
            {call.stands_in_for
              ? t('standsInFor', { name: call.stands_in_for.name })
              : call.assignee
                ? t('panel.chosen')
                : t(`role.${call.role}`)}
          </span>
        </Fact>
        <Fact label={t('column.value')}>
          <Money value={call.value_at_stake} />
        </Fact>
        <Fact label={t('column.renewal')}>
          {call.account.renewal_day ? <DateText value={call.account.renewal_day} form="both" /> : '–'}
        </Fact>
        <Fact label={t('column.opened')}>
          {format.instant(call.opened_at)}
          <span className={classes.note}>{call.opened_by?.name ?? t(`source.${sourceWord(call.source)}`)}</span>
        </Fact>
        {isClosed && (
          <Fact label={t('column.closed')}>
            {outcome?.name[language] ?? t('withdrawn')}
            <span className={classes.note}>
              {format.instant(call.closed_at)} {call.closed_by?.name}
            </span>
          </Fact>
        )}
        {call.snooze && (
          <Fact label={t('calls:status.snoozed')}>
            {call.snooze.until && t('panel.until', { day: format.day(call.snooze.until) })}
            {call.snooze.condition && <span> {t('panel.untilCondition')}</span>}
            <span className={classes.note}>{call.snooze.why}</span>
          </Fact>
        )}
      </dl>
    </div>
  );
}

const sources = ['signal', 'playbook', 'person', 'handover', 'plan'] as const;

/** The source may name more than the word: "playbook:onboarding". */
function sourceWord(source: string) {
  return sources.find((word) => source === word || source.startsWith(`${word}:`)) ?? 'person';
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
