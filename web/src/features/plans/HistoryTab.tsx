import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan, PlanVersion } from '../../api/plans';
import { confirm } from '../../components/confirm';
import { DateText } from '../../components/DateText';
import { ErrorState } from '../../components/ErrorState';
import { useLanguage } from '../../lib/viewer';
import classes from './Plans.module.css';
import { planVersionsQuery, versionsPage } from './requests';
import type { PlanDeeds } from './use-plan-deeds';

/** Every version: who changed what, which was sent, and the way back to it. */
export function HistoryTab({ plan, deeds, mayEdit }: { plan: Plan; deeds: PlanDeeds; mayEdit: boolean }) {
  const { t } = useTranslation('plans');
  const [shown, setShown] = useState(versionsPage);
  const versions = useQuery(planVersionsQuery(plan.id, shown));
  if (versions.isError) return <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />;
  if (!versions.data) return <Skeleton height={320} />;
  return (
    <>
      <ol className={classes.versions} aria-label={t('tab.history')}>
        {versions.data.items.map((version) => (
          <Version
            key={version.version}
            version={version}
            isCurrent={version.version === plan.version}
            onRestore={mayEdit ? () => deeds.restore(version.version) : undefined}
          />
        ))}
      </ol>
      {versions.data.items.length < versions.data.total && (
        <Button mt="sm" size="xs" variant="default" onClick={() => setShown(shown + versionsPage)}>
          {t('history.more')}
        </Button>
      )}
    </>
  );
}

function Version({
  version,
  isCurrent,
  onRestore,
}: {
  version: PlanVersion;
  isCurrent: boolean;
  onRestore: (() => void) | undefined;
}) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const ask = () =>
    confirm({
      title: t('history.restoreTitle', { version: version.version }),
      children: t('history.restoreHelp'),
      confirmLabel: t('history.restore'),
      onConfirm: () => onRestore?.(),
    });
  return (
    <li data-sent={version.is_sent || undefined}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap={12}>
        <div style={{ minWidth: 0 }}>
          <Text fz="sm" fw={600}>
            {[
              t('version', { version: version.version }),
              isCurrent && t('history.current'),
              version.is_sent && t('history.sent'),
              version.cause !== 'changed' && t(`history.cause.${version.cause}`),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
          <Text fz="xs" c="dimmed">
            {[version.by, version.is_customer && t('goals:side.theirs'), version.why].filter(Boolean).join(' · ')} ·{' '}
            <DateText value={version.at} form="both" />
          </Text>
          <ul>
            {version.changes.map(({ kind, key, change, words }) => (
              <li key={`${kind} ${key} ${change}`}>{words[language]}</li>
            ))}
          </ul>
        </div>
        {onRestore && !isCurrent && (
          <Button size="compact-xs" variant="default" onClick={ask} style={{ flex: 'none' }}>
            {t('history.restore')}
          </Button>
        )}
      </Group>
    </li>
  );
}
