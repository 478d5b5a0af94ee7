import { Anchor, Group, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { definitionQuery, type Definition } from '../../api/definitions';
import { ErrorState } from '../../components/ErrorState';
import { Figure } from '../../components/Figure';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { KindBadge, SeverityBadge } from '../../components/calls/Badges';
import { useFormat, useLanguage } from '../../lib/viewer';
import { Firings } from './Firings';
import { signalQuery } from './requests';
import { RuleDefinition } from './RuleDefinition';
import { RuleState } from './RuleTable';
import { signalTabs } from './search';
import type { SignalDetail, SignalRule } from './types';
import { useLiveSignals } from './use-live-signals';
import { WeeksChart } from './WeeksChart';
import classes from './Signals.module.css';

const route = getRouteApi('/_shell/signals/$key');

/** One rule: what it does at present, its firings, and what it means. */
export function SignalPage() {
  const { key } = route.useParams();
  useLiveSignals();
  const definition = useQuery(definitionQuery<Partial<SignalRule>>('signal_rule', key));
  const signal = useQuery(signalQuery(key));
  return (
    <Page>
      {definition.isPending && <Skeleton height={320} />}
      {definition.isError && <ErrorState error={definition.error} onRetry={() => void definition.refetch()} />}
      {definition.data && <Detail definition={definition.data} signal={signal.data} error={signal.error} />}
    </Page>
  );
}

interface DetailProps {
  definition: Definition<Partial<SignalRule>>;
  signal: SignalDetail | undefined;
  error: unknown;
}

function Detail({ definition, signal, error }: DetailProps) {
  const { t } = useTranslation('signals');
  const language = useLanguage();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  // What never fired is there to be edited.
  const tab = search.tab ?? (definition.version === 0 ? 'rule' : 'firings');
  return (
    <>
      <PageHeader
        title={definition.name[language] || definition.key}
        subtitle={signal?.description[language]}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/signals" {...props} />}>
            {t('title')}
          </Anchor>
        }
      />
      <Stack gap="md">
        {signal && (
          <Group gap={16} fz="sm">
            <KindBadge kind={signal.kind} />
            <SeverityBadge severity={signal.severity} />
            <RuleState signal={signal} />
          </Group>
        )}
        {signal?.fault && (
          <Text c="red" fz="sm">
            {signal.fault[language]}
          </Text>
        )}
        {definition.version > 0 && Boolean(error) && <ErrorState error={error} />}
        {definition.version > 0 && signal && <Figures signal={signal} />}
        <Tabs
          value={tab}
          keepMounted={false}
          onChange={(next) =>
            void navigate({
              search: (before) => ({ ...before, tab: signalTabs.find((each) => each === next) }),
              replace: true,
            })
          }
        >
          <Tabs.List mb="md">
            {signalTabs.map((each) => (
              <Tabs.Tab key={each} value={each}>
                {t(`tab.${each}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="firings">
            {signal && definition.version > 0 ? (
              <Activity signal={signal} />
            ) : (
              <Text c="dimmed" fz="sm">
                {t('unpublished')}
              </Text>
            )}
          </Tabs.Panel>
          <Tabs.Panel value="rule">
            <RuleDefinition key={`${definition.updated_at} ${definition.draft}`} definition={definition} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </>
  );
}

function Figures({ signal }: { signal: SignalDetail }) {
  const { t } = useTranslation('signals');
  const format = useFormat();
  const { feedback } = signal;
  const isJudged = feedback.useful + feedback.not_useful > 0;
  return (
    <div className={classes.figures}>
      <Figure label={t('column.accounts')} value={format.number(signal.accounts)} definition={t('help.accounts')} />
      <Figure label={t('column.fired28')} value={format.number(signal.fired_28d)} definition={t('help.fired28')} />
      <Figure label={t('column.openCalls')} value={format.number(signal.open_calls)} definition={t('help.openCalls')} />
      <Figure
        label={t('column.precision')}
        // Without a single verdict it would only say what we assume.
        value={isJudged ? format.percent(signal.precision, 0) : '–'}
        definition={t('help.precision')}
      />
      <Figure
        label={t('column.feedback')}
        value={`${format.number(feedback.useful)} / ${format.number(feedback.not_useful)}`}
        definition={t('help.feedback')}
      />
      <Figure
        label={t('figure.closed')}
        value={format.number(feedback.closed)}
        definition={t('help.closed', {
          success: format.number(feedback.success),
          notRelevant: format.number(feedback.not_relevant),
        })}
      />
      <Figure label={t('column.held')} value={format.number(signal.held)} definition={t('help.held')} />
    </div>
  );
}

function Activity({ signal }: { signal: SignalDetail }) {
  const { t } = useTranslation('signals');
  return (
    <Stack gap="lg">
      <WeeksChart
        label={t('weeks.label')}
        weeks={signal.weeks}
        fileName={`signal-${signal.key}`}
        height_px={160}
        header={
          <Text fz="sm" fw={500}>
            {t('weeks.label')}
          </Text>
        }
      />
      {signal.not_useful_why.length > 0 && <NotUseful items={signal.not_useful_why} />}
      <Firings signal={signal.key} />
    </Stack>
  );
}

function NotUseful({ items }: { items: SignalDetail['not_useful_why'] }) {
  const { t } = useTranslation('signals');
  return (
    <section>
      <Text fz="sm" fw={500} mb={4}>
        {t('notUseful')}
      </Text>
      <ul className={classes.plain}>
        {items.map(({ call, account_id, why }) => (
          <li key={call}>
            <Anchor
              inherit
              renderRoot={(props) => (
                <Link to="/accounts/$accountId" params={{ accountId: String(account_id) }} {...props} />
              )}
            >
              {why}
            </Anchor>
          </li>
        ))}
      </ul>
    </section>
  );
}
