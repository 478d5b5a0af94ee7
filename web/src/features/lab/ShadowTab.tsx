import { Alert, Progress, Skeleton, Switch, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { LevelBadge } from '../../components/LevelBadge';
import { Money } from '../../components/Money';
import { showProblem } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useLanguage } from '../../lib/viewer';
import { Movers } from './CompareTab';
import { panelQuery } from './lab';
import classes from './Lab.module.css';
import { ShadowCharts } from './ShadowCharts';
import { shadowQuery, useShadowSwitch, type Shadow } from './shadow';
import { useShown } from './subject';

/** A draft that is scored live beside the published one, before anybody relies on it. */
export function ShadowTab() {
  const { t } = useTranslation('lab');
  const { scorecard } = useShown();
  const shadows = useQuery(shadowQuery);
  const panel = useQuery(panelQuery);
  const toggle = useShadowSwitch();
  if (shadows.isError) return <ErrorState error={shadows.error} onRetry={() => void shadows.refetch()} />;
  if (!shadows.data) return <Skeleton height={240} />;
  const shadow = shadows.data.find((each) => each.scorecard === scorecard.key);
  const isOn = shadow !== undefined && shadow.state !== 'ended';
  const hasDraft = panel.data?.scorecards.find(({ key }) => key === scorecard.key)?.has_draft ?? false;
  return (
    <>
      <Switch
        label={t('shadow.switch')}
        description={t(hasDraft || isOn ? 'shadow.help' : 'shadow.noDraft')}
        disabled={(!hasDraft && !isOn) || toggle.isPending}
        checked={isOn}
        onChange={(event) =>
          carryOut(toggle, { scorecard: scorecard.key, on: event.currentTarget.checked }, { onError: showProblem })
        }
        mb={16}
      />
      {shadow && (isOn ? <Running shadow={shadow} /> : <Ended shadow={shadow} />)}
    </>
  );
}

function Running({ shadow }: { shadow: Shadow }) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  const language = useLanguage();
  const { differing, accounts, mean_difference: mean } = shadow;
  if (shadow.error) {
    return (
      <Alert color="orange" title={t('shadow.faulty')}>
        {shadow.error[language]}
      </Alert>
    );
  }
  return (
    <>
      <Text fz="sm" mb={4}>
        {t('shadow.since', { day: format.instant(shadow.since), name: shadow.started_by })}
        {shadow.restarts > 0 &&
          ` ${t('shadow.restarted', { count: shadow.restarts, day: format.instant(shadow.started_at) })}`}
      </Text>
      {shadow.progress !== null && (
        <div role="status">
          <Text fz="sm" c="dimmed" mb={4}>
            {t('shadow.catchingUp', { share: format.percent(shadow.progress, 0) })}
          </Text>
          <Progress value={shadow.progress * 100} mb={12} maw={480} aria-label={t('shadow.progress')} />
        </div>
      )}
      <Text fz="sm" mb={16}>
        {t('shadow.sentence', { count: differing, all: format.number(accounts) })}
        {mean !== null && ` ${t('shadow.meanSentence', { change: format.change(mean, 1) })}`}
      </Text>
      <Levels shadow={shadow} />
      <ShadowCharts days={shadow.days} />
      <Title order={3} mt={24} mb={4}>
        {t('shadow.who')}
      </Title>
      {shadow.moved_total === 0 && <Text fz="sm">{t('compare.nobody')}</Text>}
      {shadow.moved_total > 0 && (
        <>
          {shadow.moved_total > shadow.moved.length && (
            <Text fz="sm" c="dimmed" mb={8}>
              {t('compare.shown', { shown: format.number(shadow.moved.length) })}
            </Text>
          )}
          <Movers movers={shadow.moved} />
        </>
      )}
    </>
  );
}

/** Levels are called as the published scorecard calls them; the draft may add others. */
function Levels({ shadow }: { shadow: Shadow }) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  const language = useLanguage();
  const money = (amount_minor: number) => <Money value={{ amount_minor, currency: shadow.currency }} />;
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table aria-label={t('shadow.levels')} className={classes.shadowLevels}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('column.level')}</Table.Th>
            <Table.Th ta="right">{t('shadow.accountsPublished')}</Table.Th>
            <Table.Th ta="right">{t('shadow.accountsDraft')}</Table.Th>
            <Table.Th ta="right">{t('shadow.difference')}</Table.Th>
            <Table.Th ta="right">{t('shadow.arrPublished')}</Table.Th>
            <Table.Th ta="right">{t('shadow.arrDraft')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shadow.levels.map((each) => (
            <Table.Tr key={each.level ?? ''}>
              <Table.Td>
                <LevelBadge level={each.level} name={each.level === null ? undefined : each.name[language]} />
              </Table.Td>
              <Table.Td ta="right">{format.number(each.accounts_published)}</Table.Td>
              <Table.Td ta="right">{format.number(each.accounts_draft)}</Table.Td>
              <Table.Td ta="right">{format.change(each.accounts_draft - each.accounts_published, 0)}</Table.Td>
              <Table.Td ta="right">{money(each.arr_published_minor)}</Table.Td>
              <Table.Td ta="right">{money(each.arr_draft_minor)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Ended({ shadow }: { shadow: Shadow }) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  return (
    <>
      <Text fz="sm" mb={16}>
        {t(`shadow.ended.${shadow.ended_because ?? 'stopped'}`, {
          from: format.instant(shadow.started_at),
          to: format.instant(shadow.ended_at),
        })}
      </Text>
      <ShadowCharts days={shadow.days} />
    </>
  );
}
