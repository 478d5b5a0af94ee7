import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDefinitionDeeds, type Definition } from '../../api/definitions';
import { isProblem } from '../../api/problem';
import { confirm } from '../../components/confirm';
import { DraftBar } from '../../components/definitions/DraftBar';
import { Versions } from '../../components/definitions/Versions';
import { ErrorState } from '../../components/ErrorState';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useMayDefine } from '../../lib/viewer';
import { Preview } from './Preview';
import { Replay } from './Replay';
import { faultsByPart, isComplete, sameRule } from './rule';
import { RuleForm } from './RuleForm';
import { withDefaults, type SignalRule } from './types';
import classes from './Signals.module.css';

/** What the rule means: edited as a draft beside what it would have done, published, and its versions. */
export function RuleDefinition({ definition }: { definition: Definition<Partial<SignalRule>> }) {
  const { t } = useTranslation('signals');
  const mayDefine = useMayDefine();
  const client = useQueryClient();
  const stored = definition.draft_body ?? definition.body;
  const [saved] = useState(() => withDefaults(stored ?? {}));
  const [rule, setRule] = useState(saved);
  const { saveDraft } = useDefinitionDeeds<SignalRule>('signal_rule', definition.key);
  if (!stored) return null;
  const isChanged = !sameRule(rule, saved);
  const publishedKey = definition.version > 0 ? definition.key : undefined;
  const faults = isProblem(saveDraft.error) ? faultsByPart(saveDraft.error.details.errors ?? []) : {};
  const save = () =>
    carryOut(saveDraft, rule, {
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: ['signals'] });
        showToast(t('saved'));
      },
    });
  return (
    <Stack gap="lg">
      <DraftBar definition={definition} isChanged={isChanged} />
      {saveDraft.isError && <ErrorState error={saveDraft.error} />}
      <div className={classes.editor}>
        <div>
          <RuleForm rule={rule} onChange={setRule} readOnly={!mayDefine} faults={faults} />
          {mayDefine && (
            <Group className={classes.bar} justify="flex-start">
              <Button onClick={save} disabled={!isChanged || !isComplete(rule)} loading={saveDraft.isPending}>
                {t('save')}
              </Button>
              {isChanged && (
                <Button variant="default" onClick={() => setRule(saved)}>
                  {t('revert')}
                </Button>
              )}
            </Group>
          )}
        </div>
        <Beside rule={rule} publishedKey={publishedKey} />
      </div>
      <Versions kind="signal_rule" name={definition.key} current={definition.version} />
      {mayDefine && definition.version > 0 && <Retire definition={definition} />}
    </Stack>
  );
}

/** Beside the form: today and the past. */
export function Beside({ rule, publishedKey }: { rule: SignalRule; publishedKey: string | undefined }) {
  const { t } = useTranslation('signals');
  return (
    <div className={classes.beside} tabIndex={0} role="group" aria-label={t('beside')}>
      <Preview rule={rule} publishedKey={publishedKey} />
      <Replay rule={rule} publishedKey={publishedKey} />
    </div>
  );
}

function Retire({ definition }: { definition: Definition<unknown> }) {
  const { t } = useTranslation('signals');
  const navigate = useNavigate();
  const client = useQueryClient();
  const { retire } = useDefinitionDeeds('signal_rule', definition.key);
  const ask = () =>
    confirm({
      title: t('retire.title'),
      children: t('retire.detail'),
      confirmLabel: t('retire.confirm'),
      danger: true,
      onConfirm: () =>
        carryOut(retire, '', {
          onSuccess: () => {
            void client.invalidateQueries({ queryKey: ['signals'] });
            showToast(t('retire.done'));
            void navigate({ to: '/signals' });
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
