import { Anchor, Button, Group, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDefinitionDeeds } from '../../api/definitions';
import { isProblem } from '../../api/problem';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { asKey, keyFrom } from '../../lib/key';
import { Beside } from './RuleDefinition';
import { faultsByPart, isComplete } from './rule';
import { RuleForm } from './RuleForm';
import { newRule, type SignalRule } from './types';
import classes from './Signals.module.css';

const route = getRouteApi('/_shell/signals/new');

/** A rule from nothing, or from the filter of the book; it begins as a draft. */
export function NewSignalPage() {
  const { t } = useTranslation('signals');
  const { condition } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const [rule, setRule] = useState<SignalRule>({ ...newRule, condition: condition ?? null });
  const [ownKey, setOwnKey] = useState<string>();
  const key = ownKey ?? keyFrom(rule.name.en);
  const { saveDraft } = useDefinitionDeeds<SignalRule>('signal_rule', key);
  const faults = isProblem(saveDraft.error) ? faultsByPart(saveDraft.error.details.errors ?? []) : {};
  const save = () =>
    carryOut(saveDraft, rule, {
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: ['signals'] });
        showToast(t('created'));
        void navigate({ to: '/signals/$key', params: { key }, search: { tab: 'rule' } });
      },
    });
  return (
    <Page>
      <PageHeader
        title={t('new')}
        subtitle={t('newHelp')}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/signals" {...props} />}>
            {t('title')}
          </Anchor>
        }
      />
      <div className={classes.editor}>
        <Stack gap="md">
          <RuleForm rule={rule} onChange={setRule} faults={faults} />
          <TextInput
            label={t('form.key')}
            description={t('form.keyHelp')}
            maw={360}
            maxLength={64}
            value={key}
            onChange={(event) => setOwnKey(asKey(event.currentTarget.value))}
          />
          {saveDraft.isError && <ErrorState error={saveDraft.error} />}
          <Group className={classes.bar}>
            <Button onClick={save} disabled={key === '' || !isComplete(rule)} loading={saveDraft.isPending}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
        <Beside rule={rule} publishedKey={undefined} />
      </div>
    </Page>
  );
}
