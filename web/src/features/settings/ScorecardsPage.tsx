import { Anchor, Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bodiesQuery, definitionsQuery } from '../../api/definitions';
import { confirm } from '../../components/confirm';
import { DateText } from '../../components/DateText';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { showProblem, showToast } from '../../components/toast';
import { useLanguage, useMayDefine } from '../../lib/viewer';
import { proposeFromData } from './definitions';
import type { ScorecardBody } from './types';
import { NewScorecardModal } from './scorecard/NewScorecard';
import { TemplatesButton } from './scorecard/Templates';
import classes from './Settings.module.css';

/** Settings › Scorecards: how measures become a score. */
export function ScorecardsPage() {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const mayDefine = useMayDefine();
  const list = useQuery(definitionsQuery('scorecard'));
  return (
    <Page>
      <PageHeader
        title={t('scorecards.title')}
        subtitle={t('scorecards.intro')}
        actions={
          mayDefine && (
            <>
              <ProposeButton />
              <TemplatesButton />
              <NewButton />
            </>
          )
        }
      />
      {list.isPending && <Skeleton height={80} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.length === 0 && <EmptyState title={t('scorecards.empty')}>{t('scorecards.emptyHelp')}</EmptyState>}
      <Stack gap={8}>
        {list.data?.map((item) => (
          <div key={item.key} className={`${classes.box} ${classes.boxBody}`}>
            <Group justify="space-between" gap={12}>
              <Anchor component={Link} to={`/settings/scorecards/${item.key}`} fw={600}>
                {item.name[language]}
              </Anchor>
              <Group gap={12}>
                {item.draft && <Badge>{t('draft.badge')}</Badge>}
                <Text fz="sm" c="dimmed" component="div">
                  {t('definition.version', { version: item.version })} · {item.updated_by} ·{' '}
                  <DateText value={item.updated_at} />
                </Text>
              </Group>
            </Group>
          </div>
        ))}
      </Stack>
    </Page>
  );
}

/** A new scorecard begins as a copy of the common one: the book needs the same levels everywhere. */
function NewButton() {
  const { t } = useTranslation('settings');
  const [opened, setOpened] = useState(false);
  const bodies = useQuery(bodiesQuery<ScorecardBody>('scorecard'));
  const source = bodies.data?.get('health') ?? bodies.data?.values().next().value;
  if (!source) return null;
  return (
    <>
      <Button onClick={() => setOpened(true)}>{t('scorecards.new')}</Button>
      <NewScorecardModal source={source} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}

function ProposeButton() {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const propose = useMutation({
    mutationFn: proposeFromData,
    onSuccess: async ({ drafts }) => {
      await client.invalidateQueries({ queryKey: ['definitions'] });
      showToast(drafts === 0 ? t('scorecards.proposedNone') : t('scorecards.proposed', { count: drafts }));
    },
    onError: showProblem,
  });
  const ask = () =>
    confirm({
      title: t('scorecards.proposeTitle'),
      children: t('scorecards.proposeDetail'),
      confirmLabel: t('scorecards.propose'),
      onConfirm: () => propose.mutate(),
    });
  return (
    <Button variant="default" loading={propose.isPending} onClick={ask}>
      {t('scorecards.propose')}
    </Button>
  );
}
