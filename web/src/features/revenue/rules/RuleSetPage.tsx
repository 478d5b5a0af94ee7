import { Anchor, Skeleton, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionQuery, type Definition } from '../../../api/definitions';
import { isProblem } from '../../../api/problem';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { Page } from '../../../components/Page';
import { PageHeader } from '../../../components/PageHeader';
import { useLanguage } from '../../../lib/viewer';
import { rulesQuery } from '../revenue';
import type { RulesBody } from '../types';
import { RuleSetEditor } from './RuleSetEditor';

const route = getRouteApi('/_shell/revenue/rules/$key');

/** One way of counting: its switches, a draft of them, and its versions. What ships has no definition until it is changed. */
export function RuleSetPage() {
  const { t } = useTranslation('revenue');
  const language = useLanguage();
  const { key } = route.useParams();
  const rules = useQuery(rulesQuery);
  const definition = useQuery({ ...definitionQuery<RulesBody>('revenue_rules', key), retry: false });
  const client = useQueryClient();
  const version = definition.data?.version;
  // Another version counts otherwise: what was computed by the one before is asked for again.
  useEffect(() => {
    if (version) void client.invalidateQueries({ queryKey: ['revenue'] });
  }, [client, version]);
  const isUnknown = isProblem(definition.error, 404);
  const shipped = rules.data?.items.find((item) => item.key === key);
  const found = definition.data ?? (isUnknown && shipped ? asDefinition(key, shipped.body) : undefined);
  const failure = (isUnknown ? null : definition.error) ?? rules.error;
  return (
    <Page>
      <PageHeader
        title={(found?.draft_body ?? found?.body)?.name[language] ?? t('rules.title')}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/revenue/rules" {...props} />}>
            {t('rules.title')}
          </Anchor>
        }
      />
      {failure && <ErrorState error={failure} onRetry={() => void definition.refetch()} />}
      {isUnknown && rules.data && !shipped && <EmptyState title={t('rules.unknown')} />}
      {found ? (
        <RuleSetEditor key={`${found.updated_at} ${found.draft}`} definition={found} isDefault={shipped?.is_default} />
      ) : (
        !failure &&
        !isUnknown && (
          <Stack>
            <Skeleton height={320} />
          </Stack>
        )
      )}
    </Page>
  );
}

/** A shipped set in the form of a definition that nobody has published. */
function asDefinition(key: string, body: RulesBody): Definition<RulesBody> {
  return {
    kind: 'revenue_rules',
    key,
    name: body.name,
    version: 0,
    draft: false,
    retired: false,
    updated_at: '',
    updated_by: '',
    used_by: [],
    body,
    draft_body: null,
    draft_why: '',
  };
}
