import { Button, Chip, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconTrophy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Money } from '../../components/Money';
import { useFormat, useViewer } from '../../lib/viewer';
import { winKinds, winsAtOnce, winsQuery } from './requests';
import { WinCard } from './WinCard';

const route = getRouteApi('/_shell/wins');

/** The feed, newest first. */
export function Feed({ onRecord }: { onRecord: (() => void) | undefined }) {
  const { t } = useTranslation('wins');
  const format = useFormat();
  const { userId } = useViewer();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [shown, setShown] = useState(winsAtOnce);
  const list = useQuery(winsQuery(search.kind, search.mine ? userId : undefined, shown));
  const isFiltered = search.kind !== undefined || search.mine !== undefined;
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <Stack gap="sm">
      <Group gap={6} role="group" aria-label={t('filter')}>
        {winKinds.map((kind) => (
          <Chip
            key={kind}
            size="xs"
            checked={search.kind === kind}
            onChange={(isOn) => void navigate({ search: { ...search, kind: isOn ? kind : undefined } })}
          >
            {t(`kind.${kind}`)}
          </Chip>
        ))}
        <Chip
          size="xs"
          checked={search.mine === '1'}
          onChange={(isOn) => void navigate({ search: { ...search, mine: isOn ? '1' : undefined } })}
        >
          {t('mine')}
        </Chip>
      </Group>
      {!list.data && <Skeleton height={320} />}
      {list.data?.total === 0 && (
        <EmptyState
          icon={IconTrophy}
          title={t(isFiltered ? 'noneFound' : 'empty')}
          action={!isFiltered && onRecord && <Button onClick={onRecord}>{t('record')}</Button>}
        >
          {!isFiltered && t('emptyHelp')}
        </EmptyState>
      )}
      {list.data && list.data.total > 0 && (
        <>
          <Text fz="sm" c="dimmed">
            {t('count', { count: list.data.total, shown: format.number(list.data.total) })}
            {list.data.value.amount_minor > 0 && (
              <>
                {' · '}
                <Money value={list.data.value} />
              </>
            )}
          </Text>
          {list.data.items.map((win) => (
            <WinCard key={win.id} win={win} />
          ))}
          {list.data.items.length < list.data.total && (
            <Button variant="default" onClick={() => setShown((now) => Math.min(1000, now + winsAtOnce))}>
              {t('more')}
            </Button>
          )}
        </>
      )}
    </Stack>
  );
}
