import { Button, Chip, Group, SegmentedControl, Skeleton, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { faultsPage, faultsQuery } from '../revenue';
import { FaultItem } from './FaultItem';
import classes from './Mend.module.css';

const route = getRouteApi('/_shell/revenue/mend');

/** What is odd in the contracts: how it is counted meanwhile, and how to mend it or let it stay for a reason. */
export function FaultsTab() {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const language = useLanguage();
  const navigate = route.useNavigate();
  const { code, state = 'open' } = route.useSearch();
  const [limit, setLimit] = useState(faultsPage);
  const faults = useQuery(faultsQuery({ code, state }, limit));
  if (faults.isPending) return <Skeleton height={360} />;
  if (faults.isError) return <ErrorState error={faults.error} onRetry={() => void faults.refetch()} />;
  const { items, total, counts } = faults.data;
  const choose = (part: { code?: string; state?: 'open' | 'accepted' }) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const all = (which: 'open' | 'accepted') => counts.reduce((sum, count) => sum + count[which], 0);
  const shown = counts.filter((count) => count[state] > 0 || count.code === code);
  const chosen = counts.find((count) => count.code === code);
  return (
    <>
      <Group gap={12} mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('mend.state')}
          data={(['open', 'accepted'] as const).map((value) => ({
            value,
            label: t(`mend.${value}`, { formatted: format.number(all(value)) }),
          }))}
          value={state}
          onChange={(next) => choose({ state: next === 'open' ? undefined : 'accepted' })}
        />
        <Group gap={6}>
          {shown.map((count) => (
            <Chip
              key={count.code}
              size="xs"
              variant="outline"
              checked={count.code === code}
              onChange={(checked) => choose({ code: checked ? count.code : undefined })}
            >
              {count.name[language]} {format.number(count[state])}
            </Chip>
          ))}
        </Group>
      </Group>
      {chosen && (
        <Text fz="sm" mb="sm" maw={760}>
          <b>{t('mend.treatment')}</b> {chosen.treatment[language]} <b>{t('mend.remedy')}</b> {chosen.remedy[language]}
        </Text>
      )}
      {total === 0 ? (
        <EmptyState icon={IconCircleCheck} title={t(state === 'open' ? 'mend.nothing' : 'mend.nothingAccepted')}>
          {t(state === 'open' ? 'mend.nothingHelp' : 'mend.nothingAcceptedHelp')}
        </EmptyState>
      ) : (
        <ul className={classes.faults} style={{ opacity: faults.isPlaceholderData ? 0.6 : 1 }}>
          {items.map((fault) => (
            <FaultItem key={fault.id} fault={fault} />
          ))}
        </ul>
      )}
      {items.length < total && (
        <Button
          mt="md"
          size="xs"
          variant="default"
          loading={faults.isFetching}
          onClick={() => setLimit(limit + faultsPage)}
        >
          {t('panel.more', { formatted: format.number(total - items.length) })}
        </Button>
      )}
    </>
  );
}
