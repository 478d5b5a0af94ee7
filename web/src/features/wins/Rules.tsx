import { Button, Group, NumberInput, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { rulesQuery, type WinRules } from './requests';
import { useWinDeeds } from './use-win-deeds';

/** From which outcomes wins are made. */
export function Rules() {
  const { data, isError, error, refetch } = useQuery(rulesQuery);
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={260} />;
  return <Form key={JSON.stringify(data)} rules={data} />;
}

type NumberKey = 'rescued_within_days' | 'risk_within_days' | 'expanded_percent' | 'look_back_days';

function Form({ rules }: { rules: WinRules }) {
  const { t } = useTranslation('wins');
  const deeds = useWinDeeds();
  const [draft, setDraft] = useState(rules);
  const number = (key: NumberKey, min: number, max: number) => (
    <NumberInput
      label={t(`rules.${key}`)}
      w={260}
      min={min}
      max={max}
      value={draft[key]}
      onChange={(value) => typeof value === 'number' && setDraft({ ...draft, [key]: value })}
    />
  );
  const isChanged = JSON.stringify(draft) !== JSON.stringify(rules);
  return (
    <Stack gap="md" align="flex-start">
      {(
        [
          ['rescued', number('rescued_within_days', 0, 180)],
          ['renewed_after_risk', number('risk_within_days', 7, 365)],
          ['expanded', number('expanded_percent', 1, 1000)],
        ] as const
      ).map(([key, input]) => (
        <Stack key={key} gap={6}>
          <Switch
            label={t(`rules.${key}`)}
            description={t(`rules.${key}Help`)}
            checked={draft[key]}
            onChange={(event) => setDraft({ ...draft, [key]: event.currentTarget.checked })}
          />
          {draft[key] && input}
        </Stack>
      ))}
      {number('look_back_days', 7, 365)}
      <Text fz="sm" c="dimmed" className="phrases">
        {t('rules.note')}
      </Text>
      <Group>
        <Button disabled={!isChanged} loading={deeds.isBusy} onClick={() => deeds.setRules(draft)}>
          {t('common:save')}
        </Button>
      </Group>
    </Stack>
  );
}
