import { Button, Group, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDefinitionDeeds, type Definition } from '../../api/definitions';
import { confirm } from '../../components/confirm';
import { DraftBar } from '../../components/definitions/DraftBar';
import { Versions } from '../../components/definitions/Versions';
import { ErrorState } from '../../components/ErrorState';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useMayDefine } from '../../lib/viewer';
import { isComplete } from './edit';
import { JourneyForm } from './JourneyForm';
import type { JourneyBody } from './types';

/** The map: edited as a draft, published, and its versions. */
export function JourneyDefinition({ definition }: { definition: Definition<JourneyBody> }) {
  const { t } = useTranslation('journeys');
  const mayDefine = useMayDefine();
  const saved = definition.draft_body ?? definition.body;
  const [body, setBody] = useState(saved);
  const { saveDraft } = useDefinitionDeeds<JourneyBody>('journey', definition.key);
  if (!body || !saved) return null;
  const isChanged = JSON.stringify(saved) !== JSON.stringify(body);
  const save = () => carryOut(saveDraft, body, { onSuccess: () => showToast(t('saved')) });
  return (
    <Stack gap="lg">
      <DraftBar definition={definition} isChanged={isChanged} />
      {saveDraft.isError && <ErrorState error={saveDraft.error} />}
      <JourneyForm body={body} onChange={setBody} readOnly={!mayDefine} />
      {mayDefine && (
        <Group gap={8}>
          <Button onClick={save} disabled={!isChanged || !isComplete(body)} loading={saveDraft.isPending}>
            {t('save')}
          </Button>
          {isChanged && (
            <Button variant="default" onClick={() => setBody(saved)}>
              {t('revert')}
            </Button>
          )}
        </Group>
      )}
      <Versions kind="journey" name={definition.key} current={definition.version} />
      {mayDefine && definition.version > 0 && <Retire journeyKey={definition.key} />}
    </Stack>
  );
}

function Retire({ journeyKey }: { journeyKey: string }) {
  const { t } = useTranslation('journeys');
  const navigate = useNavigate();
  const client = useQueryClient();
  const { retire } = useDefinitionDeeds<JourneyBody>('journey', journeyKey);
  const ask = () =>
    confirm({
      title: t('retire.title'),
      children: t('retire.detail'),
      confirmLabel: t('retire.confirm'),
      danger: true,
      onConfirm: () =>
        carryOut(retire, '', {
          onSuccess: () => {
            void client.invalidateQueries({ queryKey: ['journeys'] });
            showToast(t('retire.done'));
            void navigate({ to: '/journeys' });
          },
          onError: showProblem,
        }),
    });
  return (
    <div>
      <Button size="xs" variant="default" color="red" onClick={ask}>
        {t('retire.confirm')}
      </Button>
    </div>
  );
}
