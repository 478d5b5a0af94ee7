import { Anchor, Button, Group, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { completeCondition, countRules, emptyCondition } from '../../components/filter/condition';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useDefinitionDeeds } from '../../api/definitions';
import type { SegmentBody } from './segments';
import { asKey, keyFrom } from '../../lib/key';
import { SegmentForm } from './SegmentForm';
import { useBookFilterFields } from '../../components/filter/use-book-filter-fields';

const route = getRouteApi('/_shell/segments/new');

/** A segment from nothing, or from the filter of the book; it begins as a draft. */
export function NewSegmentPage() {
  const { t } = useTranslation('segments');
  const { condition } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const fields = useBookFilterFields();
  const [body, setBody] = useState<SegmentBody>({
    name: { ja: '', en: '' },
    description: '',
    condition: condition ?? emptyCondition,
  });
  const [ownKey, setOwnKey] = useState<string>();
  const key = ownKey ?? keyFrom(body.name.en);
  const { saveDraft } = useDefinitionDeeds<SegmentBody>('segment', key);
  const complete = fields && completeCondition(body.condition, fields);
  const isReady = key !== '' && body.name.ja.trim() !== '' && body.name.en.trim() !== '' && countRules(complete) > 0;
  const save = () =>
    carryOut(
      saveDraft,
      { ...body, condition: complete ?? emptyCondition },
      {
        onSuccess: () => {
          void client.invalidateQueries({ queryKey: ['segments'] });
          showToast(t('created'));
          void navigate({ to: '/segments/$key', params: { key }, search: { tab: 'definition' } });
        },
      },
    );
  return (
    <Page>
      <PageHeader
        title={t('new')}
        subtitle={t('newHelp')}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/segments" {...props} />}>
            {t('title')}
          </Anchor>
        }
      />
      <Stack gap="md">
        <SegmentForm body={body} onChange={setBody} segmentKey={undefined} />
        <TextInput
          label={t('form.key')}
          description={t('form.keyHelp')}
          maw={360}
          maxLength={64}
          value={key}
          onChange={(event) => setOwnKey(asKey(event.currentTarget.value))}
        />
        {saveDraft.isError && <ErrorState error={saveDraft.error} />}
        <Group>
          <Button onClick={save} disabled={!isReady} loading={saveDraft.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </Page>
  );
}
