import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMayDefine } from '../../lib/viewer';
import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { confirm } from '../../components/confirm';
import { ErrorState } from '../../components/ErrorState';
import { completeCondition, emptyCondition } from '../../components/filter/condition';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useDefinitionDeeds, type Definition } from '../../api/definitions';
import { DraftBar } from '../../components/definitions/DraftBar';
import type { SegmentBody } from './segments';
import { Versions } from '../../components/definitions/Versions';
import { SegmentForm } from './SegmentForm';
import { useBookFilterFields } from '../../components/filter/use-book-filter-fields';

/** What the segment means: edited as a draft, published, and its versions. */
export function SegmentDefinition({ definition }: { definition: Definition<SegmentBody> }) {
  const { t } = useTranslation('segments');
  const mayDefine = useMayDefine();
  const fields = useBookFilterFields();
  const saved = definition.draft_body ?? definition.body;
  const [body, setBody] = useState(saved);
  const { saveDraft } = useDefinitionDeeds<SegmentBody>('segment', definition.key);
  if (!body || !saved) return null;
  const complete = { ...body, condition: (fields && completeCondition(body.condition, fields)) ?? emptyCondition };
  const isChanged =
    JSON.stringify({ ...saved, condition: 0 }) !== JSON.stringify({ ...body, condition: 0 }) ||
    (fields !== undefined &&
      JSON.stringify(completeCondition(saved.condition, fields)) !==
        JSON.stringify(completeCondition(body.condition, fields)));
  const save = () => carryOut(saveDraft, complete, { onSuccess: () => showToast(t('saved')) });
  return (
    <Stack gap="lg">
      <DraftBar definition={definition} isChanged={isChanged} />
      {saveDraft.isError && <ErrorState error={saveDraft.error} />}
      <SegmentForm
        body={body}
        onChange={setBody}
        segmentKey={definition.version > 0 ? definition.key : undefined}
        readOnly={!mayDefine}
      />
      {mayDefine && (
        <Group gap={8}>
          <Button onClick={save} disabled={!isChanged} loading={saveDraft.isPending}>
            {t('save')}
          </Button>
          {isChanged && (
            <Button variant="default" onClick={() => setBody(saved)}>
              {t('revert')}
            </Button>
          )}
        </Group>
      )}
      <Versions kind="segment" name={definition.key} current={definition.version} />
      {mayDefine && definition.version > 0 && <Retire definition={definition} />}
    </Stack>
  );
}

function Retire({ definition }: { definition: Definition<SegmentBody> }) {
  const { t } = useTranslation('segments');
  const navigate = useNavigate();
  const client = useQueryClient();
  const { retire } = useDefinitionDeeds<SegmentBody>('segment', definition.key);
  const ask = () =>
    confirm({
      title: t('retire.title'),
      children: t('retire.detail'),
      confirmLabel: t('retire.confirm'),
      danger: true,
      onConfirm: () =>
        carryOut(retire, '', {
          onSuccess: () => {
            void client.invalidateQueries({ queryKey: ['segments'] });
            showToast(t('retire.done'));
            void navigate({ to: '/segments' });
          },
          onError: showProblem,
        }),
    });
  return (
    <div>
      <Button size="xs" variant="default" color="red" disabled={definition.used_by.length > 0} onClick={ask}>
        {t('retire.confirm')}
      </Button>
      {definition.used_by.length > 0 && (
        <Text fz="xs" c="dimmed" mt={4}>
          {t('retire.used', { names: definition.used_by.map(({ key }) => key).join(', ') })}
        </Text>
      )}
    </div>
  );
}
