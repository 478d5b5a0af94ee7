import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDefinitionDeeds, type Definition } from '../../../api/definitions';
import { DraftBar } from '../../../components/definitions/DraftBar';
import { Versions } from '../../../components/definitions/Versions';
import { ErrorState } from '../../../components/ErrorState';
import { showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useMayDefine } from '../../../lib/viewer';
import type { RulesBody } from '../types';
import { CopyRules } from './CopyRules';
import { MakeDefault } from './MakeDefault';
import { RulesForm } from './RulesForm';

interface RuleSetEditorProps {
  definition: Definition<RulesBody>;
  isDefault: boolean | undefined;
}

export function RuleSetEditor({ definition, isDefault = false }: RuleSetEditorProps) {
  const { t } = useTranslation('revenue');
  const mayDefine = useMayDefine();
  const client = useQueryClient();
  const navigate = useNavigate();
  const saved = definition.draft_body ?? definition.body;
  const [body, setBody] = useState(saved);
  const { saveDraft } = useDefinitionDeeds<RulesBody>('revenue_rules', definition.key);
  if (!body || !saved) return null;
  const isChanged = JSON.stringify(saved) !== JSON.stringify(body);
  const save = () => carryOut(saveDraft, body, { onSuccess: () => showToast(t('rules.saved')) });
  const onDiscarded = () => {
    void client.invalidateQueries({ queryKey: ['revenue'] });
    // A draft of a set that never was published is gone with it.
    if (definition.version === 0) void navigate({ to: '/revenue/rules' });
  };
  return (
    <Stack gap="lg">
      <DraftBar
        definition={definition}
        isChanged={isChanged}
        onDiscarded={onDiscarded}
        words={{ waits: t('rules.waits'), published: t('rules.published') }}
      />
      {isDefault && (
        <Text fz="sm" c="dimmed">
          {t('rules.defaultHelp')}
        </Text>
      )}
      {saveDraft.isError && <ErrorState error={saveDraft.error} />}
      <RulesForm body={body} onChange={setBody} readOnly={!mayDefine} />
      {mayDefine && (
        <Group gap={8}>
          <Button onClick={save} disabled={!isChanged} loading={saveDraft.isPending}>
            {t('rules.save')}
          </Button>
          {isChanged && (
            <Button variant="default" onClick={() => setBody(saved)}>
              {t('rules.revert')}
            </Button>
          )}
          <CopyRules body={body} />
          {!isDefault && definition.body && <MakeDefault body={definition.body} />}
        </Group>
      )}
      <Versions kind="revenue_rules" name={definition.key} current={definition.version} />
    </Stack>
  );
}
