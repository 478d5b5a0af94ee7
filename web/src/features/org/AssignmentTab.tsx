import { Anchor, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlus, IconUserShare } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { DateText } from '../../components/DateText';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useLanguage, useMayDefine } from '../../lib/viewer';
import { PlanView } from './PlanView';
import { assignmentsQuery, rulesQuery, useOrgDeeds } from './requests';
import type { Assignment, AssignmentRule } from './types';
import classes from './Org.module.css';

const route = getRouteApi('/_shell/teams');

/** Rules that assign accounts, what one of them would do now, and what was assigned before. */
export function AssignmentTab() {
  const { t } = useTranslation('org');
  const mayDefine = useMayDefine();
  const rules = useQuery(rulesQuery);
  const { rule: chosen } = route.useSearch();
  const add = mayDefine && (
    <Button
      size="xs"
      leftSection={<IconPlus size={15} aria-hidden />}
      renderRoot={(props) => <Link to="/teams/rules/new" {...props} />}
    >
      {t('rule.new')}
    </Button>
  );
  if (rules.isError) return <ErrorState error={rules.error} onRetry={() => void rules.refetch()} />;
  const shown = rules.data?.find(({ key, version }) => key === chosen && version > 0);
  return (
    <Stack gap="xl">
      <section aria-label={t('rule.list')}>
        <Group justify="space-between" mb={8}>
          <Title order={2}>{t('rule.list')}</Title>
          {add}
        </Group>
        {rules.data?.length === 0 ? (
          <EmptyState icon={IconUserShare} title={t('rule.none')}>
            {t('rule.noneHelp')}
          </EmptyState>
        ) : (
          <ul className={classes.list}>
            {rules.data?.map((rule) => (
              <RuleLine key={rule.key} rule={rule} isChosen={rule.key === chosen} />
            ))}
          </ul>
        )}
      </section>
      {shown && <PlanView question={{ key: shown.key }} mayApply />}
      <Past />
    </Stack>
  );
}

function RuleLine({ rule, isChosen }: { rule: AssignmentRule; isChosen: boolean }) {
  const { t } = useTranslation('org');
  const language = useLanguage();
  const navigate = route.useNavigate();
  const { body } = rule;
  return (
    <li className={classes.line}>
      <span>
        <Group gap={8}>
          <Anchor fz="sm" renderRoot={(props) => <Link to="/teams/rules/$key" params={{ key: rule.key }} {...props} />}>
            {rule.name[language] || rule.key}
          </Anchor>
          {rule.draft && <Badge size="sm">{t('draft')}</Badge>}
        </Group>
        <Text fz="xs" c="dimmed">
          {[t(`rules:role.${body.role}`), t(`applies.${body.applies_to}`), t(`sharing.${body.method}`)].join(' · ')}
        </Text>
      </span>
      {rule.version > 0 && (
        <Button
          size="xs"
          variant="default"
          aria-pressed={isChosen}
          onClick={() =>
            void navigate({
              search: (before) => ({ ...before, rule: isChosen ? undefined : rule.key }),
              replace: true,
            })
          }
        >
          {t(isChosen ? 'rule.hide' : 'rule.look')}
        </Button>
      )}
    </li>
  );
}

function Past() {
  const { t } = useTranslation('org');
  const assignments = useQuery(assignmentsQuery);
  if (!assignments.data || assignments.data.items.length === 0) return null;
  return (
    <section aria-label={t('past.title')}>
      <Title order={2} mb={4}>
        {t('past.title')}
      </Title>
      <ul className={classes.list}>
        {assignments.data.items.map((assignment) => (
          <PastLine key={assignment.id} assignment={assignment} />
        ))}
      </ul>
    </section>
  );
}

function PastLine({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation('org');
  const language = useLanguage();
  const format = useFormat();
  const mayDefine = useMayDefine();
  const { undoAssignment } = useOrgDeeds();
  const undo = () =>
    carryOut(undoAssignment, assignment.id, {
      onSuccess: ({ restored, changed_since }) =>
        showToast(
          changed_since > 0
            ? t('past.undonePartly', { restored: format.number(restored), left: format.number(changed_since) })
            : t('plan.undone', { count: restored, formatted: format.number(restored) }),
        ),
      onError: showProblem,
    });
  return (
    <li className={classes.line}>
      <span>
        {assignment.name[language]} ·{' '}
        {t('past.accounts', { count: assignment.done, formatted: format.number(assignment.done) })} ·{' '}
        {t(`past.state.${assignment.state}`)}
        <Text fz="xs" c="dimmed">
          <DateText value={assignment.at} form="both" />
          {assignment.by && ` · ${assignment.by.name}`}
          {assignment.why && ` · ${assignment.why}`}
        </Text>
      </span>
      {mayDefine && (assignment.state === 'done' || assignment.state === 'failed') && (
        <Button size="xs" variant="default" loading={undoAssignment.isPending} onClick={undo}>
          {t('past.undo')}
        </Button>
      )}
    </li>
  );
}
