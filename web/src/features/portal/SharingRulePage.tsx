import { Anchor, Button, Group, NumberInput, Skeleton, Stack, Switch, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldsQuery } from '../../api/book-fields';
import { definitionQuery, useDefinitionDeeds, type Definition } from '../../api/definitions';
import { parts } from '../../api/portal';
import { confirm } from '../../components/confirm';
import { DraftBar } from '../../components/definitions/DraftBar';
import { Versions } from '../../components/definitions/Versions';
import { ErrorState } from '../../components/ErrorState';
import { useBookFilterFields } from '../../components/filter/use-book-filter-fields';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { ConditionInput } from '../../components/rules/ConditionInput';
import { showProblem, showToast } from '../../components/toast';
import { WordsPair } from '../../components/WordsPair';
import { carryOut } from '../../lib/carry-out';
import { useLanguage, useMayDefine } from '../../lib/viewer';
import classes from './Portal.module.css';
import { isComplete, sendableSharing, widens, type SharingBody } from './sharing';

const route = getRouteApi('/_shell/settings/portal/rules/$key');

/** One rule of sharing: for whom, what is shown, and in which words the state of things is told. */
export function SharingRulePage() {
  const { t } = useTranslation('customer-portal');
  const language = useLanguage();
  const { key } = route.useParams();
  const definition = useQuery(definitionQuery<SharingBody>('portal_sharing', key));
  return (
    <Page narrow>
      <PageHeader
        title={definition.data?.name[language] ?? ''}
        breadcrumb={
          <Anchor
            fz="sm"
            w="fit-content"
            renderRoot={(props) => <Link to="/settings/portal" search={{ tab: 'sharing' }} {...props} />}
          >
            {t('tab.sharing')}
          </Anchor>
        }
      />
      {definition.isPending && <Skeleton height={320} />}
      {definition.isError && <ErrorState error={definition.error} onRetry={() => void definition.refetch()} />}
      {definition.data && (
        <RuleEditor key={`${definition.data.updated_at} ${definition.data.draft}`} definition={definition.data} />
      )}
    </Page>
  );
}

function RuleEditor({ definition }: { definition: Definition<SharingBody> }) {
  const { t } = useTranslation('customer-portal');
  const mayDefine = useMayDefine();
  const levels = useLevels();
  const saved = definition.draft_body ?? definition.body;
  const [body, setBody] = useState(saved);
  const { saveDraft } = useDefinitionDeeds<SharingBody>('portal_sharing', definition.key);
  if (!body || !saved) return null;
  const isChanged = JSON.stringify(saved) !== JSON.stringify(body);
  const save = () => carryOut(saveDraft, sendableSharing(body), { onSuccess: () => showToast(t('sharing.saved')) });
  return (
    <Stack gap="lg">
      <DraftBar definition={definition} isChanged={isChanged} />
      {saveDraft.isError && <ErrorState error={saveDraft.error} />}
      <RuleForm body={body} onChange={setBody} readOnly={!mayDefine} />
      {mayDefine && (
        <Group gap={8}>
          <Button
            onClick={save}
            disabled={
              !isChanged ||
              !isComplete(
                body,
                levels.map(({ value }) => value),
              )
            }
            loading={saveDraft.isPending}
          >
            {t('sharing.saveDraft')}
          </Button>
          {isChanged && (
            <Button variant="default" onClick={() => setBody(saved)}>
              {t('sharing.revert')}
            </Button>
          )}
        </Group>
      )}
      <Versions kind="portal_sharing" name={definition.key} current={definition.version} />
      {mayDefine && definition.version > 0 && <Retire ruleKey={definition.key} />}
    </Stack>
  );
}

/** The levels of the published scorecard with their names. */
function useLevels() {
  const { data: fields } = useQuery(fieldsQuery);
  return fields?.find(({ key }) => key === 'level')?.choices ?? [];
}

/** Parts of which it matters who sees what. */
const explained = { paid: true, tickets: true, company_tickets: true };

/** What widens a part has no effect while that part is not shown. */
function isMoot(part: keyof SharingBody['shows'], { shows }: SharingBody): boolean {
  const widened = widens[part];
  return widened !== undefined && !shows[widened];
}

interface RuleFormProps {
  body: SharingBody;
  onChange: (body: SharingBody) => void;
  readOnly: boolean;
}

function RuleForm({ body, onChange, readOnly }: RuleFormProps) {
  const { t } = useTranslation('customer-portal');
  const fields = useBookFilterFields();
  const change = (part: Partial<SharingBody>) => onChange({ ...body, ...part });
  return (
    <Stack gap="lg">
      <WordsPair
        label={t('sharing.name')}
        required
        readOnly={readOnly}
        value={body.name}
        onChange={(name) => change({ name })}
      />
      <NumberInput
        label={t('sharing.rank')}
        description={t('sharing.rankHelp')}
        maw={320}
        min={0}
        max={10_000}
        allowDecimal={false}
        readOnly={readOnly}
        value={body.rank}
        onChange={(rank) => typeof rank === 'number' && change({ rank })}
      />
      <ConditionInput
        label={t('sharing.condition')}
        description={t('sharing.conditionHelp')}
        fields={fields}
        value={body.condition}
        readOnly={readOnly}
        onChange={(condition) => change({ condition })}
      />
      <div role="group" aria-label={t('sharing.shows')}>
        <Title order={2} mb={8}>
          {t('sharing.shows')}
        </Title>
        <div className={classes.parts}>
          {parts.map((part) => (
            <Switch
              key={part}
              label={t(`part.${part}`)}
              description={part in explained ? t(`partHelp.${part as keyof typeof explained}`) : undefined}
              disabled={readOnly || isMoot(part, body)}
              checked={body.shows[part] && !isMoot(part, body)}
              onChange={(event) => change({ shows: { ...body.shows, [part]: event.currentTarget.checked } })}
            />
          ))}
        </div>
      </div>
      {body.shows.health && <HealthWords body={body} change={change} readOnly={readOnly} />}
    </Stack>
  );
}

interface HealthWordsProps {
  body: SharingBody;
  change: (part: Partial<SharingBody>) => void;
  readOnly: boolean;
}

function HealthWords({ body, change, readOnly }: HealthWordsProps) {
  const { t } = useTranslation('customer-portal');
  const language = useLanguage();
  const levels = useLevels();
  return (
    <div role="group" aria-label={t('sharing.words')}>
      <Title order={2} mb={4}>
        {t('sharing.words')}
      </Title>
      <Text fz="sm" c="dimmed" mb={8}>
        {t('sharing.wordsHelp')}
      </Text>
      <Stack gap="sm">
        <Switch
          label={t('sharing.consent')}
          disabled={readOnly}
          checked={body.health_needs_consent}
          onChange={(event) => change({ health_needs_consent: event.currentTarget.checked })}
        />
        {levels.map(({ value: level, name }) => (
          <WordsPair
            key={level}
            label={name[language]}
            required
            maxLength={190}
            readOnly={readOnly}
            value={body.health_words[level] ?? { ja: '', en: '' }}
            onChange={(words) => change({ health_words: { ...body.health_words, [level]: words } })}
          />
        ))}
      </Stack>
    </div>
  );
}

function Retire({ ruleKey }: { ruleKey: string }) {
  const { t } = useTranslation('customer-portal');
  const navigate = useNavigate();
  const { retire } = useDefinitionDeeds<SharingBody>('portal_sharing', ruleKey);
  const ask = () =>
    confirm({
      title: t('sharing.retireTitle'),
      children: t('sharing.retireDetail'),
      confirmLabel: t('sharing.retire'),
      danger: true,
      onConfirm: () =>
        carryOut(retire, '', {
          onSuccess: () => {
            showToast(t('sharing.retired'));
            void navigate({ to: '/settings/portal', search: { tab: 'sharing' } });
          },
          onError: showProblem,
        }),
    });
  return (
    <div>
      <Button size="xs" variant="default" color="red" onClick={ask}>
        {t('sharing.retire')}
      </Button>
    </div>
  );
}
