import { Anchor, Group, Select, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { Figure } from '../../components/Figure';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { useFormat, useLanguage } from '../../lib/viewer';
import { Accounts } from './Accounts';
import { AdherenceTable, StepTable } from './Adherence';
import { Associations } from './Associations';
import { Balance } from './Balance';
import { EffectChart } from './EffectChart';
import { HorizonSelect } from './HorizonSelect';
import classes from './Proof.module.css';
import { isBuilding, type Proof, proofQuery, usualHorizon_days } from './requests';
import { VerdictBadge } from './VerdictBadge';

const route = getRouteApi('/_shell/proof/$key');

/** One playbook: what it brought, against whom it is compared, whether it is kept to, and which steps matter. */
export function ProofPage() {
  const { t } = useTranslation('proof');
  const language = useLanguage();
  const { key } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [version, setVersion] = useState<number>();
  const horizon_days = Number(search.days ?? usualHorizon_days);
  const [step, setStep] = useState<string>();
  const answer = useQuery(proofQuery({ key, horizon_days, version, step }));
  const { isError, error, refetch } = answer;
  const isWaiting = answer.data !== undefined && isBuilding(answer.data);
  const data = answer.data && !isBuilding(answer.data) ? answer.data : undefined;
  const mails = data?.steps.filter(({ kind }) => kind === 'email' || kind === 'survey') ?? [];
  return (
    <Page>
      <PageHeader
        title={data?.name[language] ?? t('title')}
        subtitle={data && t(`comparisonHelp.${data.comparison}`)}
        breadcrumb={
          <Anchor fz="sm" renderRoot={(props) => <Link to="/proof" {...props} />}>
            {t('title')}
          </Anchor>
        }
        actions={
          <Anchor fz="sm" renderRoot={(props) => <Link to="/playbooks/$key" params={{ key }} {...props} />}>
            {t('toPlaybook')}
          </Anchor>
        }
      />
      {isError && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isWaiting && (
        <Text role="status" c="dimmed">
          {t('building')}
        </Text>
      )}
      {!data && !isError && <Skeleton height={420} />}
      {data && (
        <Stack gap="lg">
          <Group align="flex-end" gap="md">
            <HorizonSelect
              value={horizon_days}
              onChange={(days) => void navigate({ search: { ...search, days }, replace: true })}
            />
            {data.versions.length > 1 && (
              <Select
                label={t('version.label')}
                size="xs"
                w={180}
                clearable
                placeholder={t('version.all')}
                clearButtonProps={{ 'aria-label': t('version.all') }}
                value={version === undefined ? null : String(version)}
                data={data.versions.map((each) => ({
                  value: String(each),
                  label: t('version.one', { version: each }),
                }))}
                onChange={(chosen) => setVersion(chosen === null ? undefined : Number(chosen))}
              />
            )}
            {mails.length > 0 && (
              <Select
                label={t('judged.label')}
                size="xs"
                w={280}
                clearable
                placeholder={t('judged.all')}
                clearButtonProps={{ 'aria-label': t('judged.all') }}
                value={step ?? null}
                data={mails.map((each) => ({
                  value: each.key,
                  label: each.holdout_percent
                    ? t('judged.heldOut', { name: each.name[language], percent: each.holdout_percent })
                    : each.name[language],
                }))}
                onChange={(chosen) => setStep(chosen ?? undefined)}
              />
            )}
          </Group>
          <Result proof={data} version={version} />
        </Stack>
      )}
    </Page>
  );
}

function Result({ proof, version }: { proof: Proof; version: number | undefined }) {
  const { t } = useTranslation('proof');
  const language = useLanguage();
  return (
    <>
      <section className={classes.verdict} aria-label={t('column.verdict')}>
        <VerdictBadge verdict={proof.verdict} />
        <Text className="phrases">{proof.sentence[language]}</Text>
      </section>
      <Counts proof={proof} />
      {proof.effects.length > 0 && (
        <Part title={t('part.effects')}>
          <EffectChart
            effects={proof.effects}
            currency={proof.currency}
            fileName={`effects-${proof.key}-${proof.as_of}`}
          />
          <Sentences proof={proof} />
        </Part>
      )}
      {proof.cautions.length > 0 && (
        <Part title={t('part.cautions')}>
          <ul className={classes.cautions}>
            {proof.cautions.map(({ code, words }) => (
              <li key={code}>{words[language]}</li>
            ))}
          </ul>
        </Part>
      )}
      <Part title={t('part.accounts')}>
        <Accounts proof={proof} version={version} />
      </Part>
      {proof.balance.length > 0 && (
        <Part title={t('part.balance')}>
          <Balance proof={proof} />
        </Part>
      )}
      <Part title={t('part.adherence')}>
        <AdherenceTable proof={proof} />
      </Part>
      {proof.steps.length > 0 && (
        <Part title={t('part.steps')}>
          <StepTable proof={proof} />
        </Part>
      )}
      <Part title={t('part.differences')}>
        {proof.differences.length > 0 ? (
          <Associations items={proof.differences} fileName={`steps-${proof.key}-${proof.as_of}`} />
        ) : (
          <Text fz="sm" c="dimmed">
            {t('noDifferences')}
          </Text>
        )}
      </Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={2} fz="md" mb={6}>
        {title}
      </Title>
      {children}
    </section>
  );
}

function Counts({ proof: { runs, holdout_percent } }: { proof: Proof }) {
  const { t } = useTranslation('proof');
  const format = useFormat();
  const figures = [
    ['treated', runs.treated],
    ['holdout', runs.holdout],
    ['observed', runs.observed],
    ['waiting', runs.waiting],
    ['alive', runs.alive],
    ['goal', runs.goal],
  ] as const;
  return (
    <div className={classes.figures}>
      {figures.map(([key, value]) => (
        <Figure
          key={key}
          label={t(`count.${key}`)}
          value={format.number(value)}
          period={key === 'holdout' ? t('count.percent', { percent: holdout_percent }) : undefined}
          definition={t(`countHelp.${key}`)}
        />
      ))}
    </div>
  );
}

/** Every effect in words, for whoever does not read charts. */
function Sentences({ proof }: { proof: Proof }) {
  const language = useLanguage();
  return (
    <ul className={classes.cautions}>
      {proof.effects.map(({ measure, sentence }) => (
        <li key={measure}>{sentence[language]}</li>
      ))}
    </ul>
  );
}
