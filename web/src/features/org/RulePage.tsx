import { MultiSelect, NumberInput, Select, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { teamsQuery } from '../../api/org';
import { peopleQuery } from '../../api/people';
import { useBookFilterFields } from '../../components/filter/use-book-filter-fields';
import { ConditionInput } from '../../components/rules/ConditionInput';
import { WordsPair } from '../../components/WordsPair';
import { RoleSelect } from '../../components/rules/WordSelect';
import type { AccountRole } from '../../components/rules/words';
import { minorDigits } from '../../lib/format/money';
import { useLanguage, useViewer } from '../../lib/viewer';
import { DefinitionPage, type FormProps } from './DefinitionPage';
import { everybody } from './everybody';
import { PlanView } from './PlanView';
import { appliesTo, sharings, type RuleBody } from './types';
import classes from './Org.module.css';

const emptyRule: RuleBody = {
  name: { ja: '', en: '' },
  description: '',
  condition: everybody,
  role: 'csm',
  applies_to: 'unassigned',
  candidates: { users: [], teams: [] },
  method: 'capacity',
  capacity: { accounts: null, arr_minor: null, effort: null },
};

/** An assignment rule: which accounts go to whom, and how they are shared. */
export function RulePage() {
  const { key } = useParams({ strict: false });
  return <DefinitionPage kind="assignment_rule" definitionKey={key} empty={emptyRule} form={renderForm} />;
}

const renderForm = (props: FormProps<RuleBody>) => <RuleForm {...props} />;

function RuleForm({ definitionKey, body, onChange, readOnly }: FormProps<RuleBody>) {
  const { t } = useTranslation('org');
  const language = useLanguage();
  const fields = useBookFilterFields();
  const { data: people = [] } = useQuery(peopleQuery);
  const { data: teams } = useQuery(teamsQuery);
  const isComplete =
    body.name.ja.trim() !== '' &&
    body.name.en.trim() !== '' &&
    body.candidates.users.length + body.candidates.teams.length > 0;
  return (
    <Stack gap="md">
      <WordsPair
        label={t('name')}
        required
        readOnly={readOnly}
        maxLength={60}
        value={body.name}
        onChange={(name) => onChange({ ...body, name })}
      />
      <Textarea
        label={t('description')}
        autosize
        minRows={1}
        maxLength={600}
        readOnly={readOnly}
        value={body.description}
        onChange={(event) => onChange({ ...body, description: event.currentTarget.value })}
      />
      <ConditionInput
        label={t('rule.condition')}
        description={t('rule.conditionHelp')}
        fields={fields}
        value={body.condition}
        onChange={(condition) => onChange({ ...body, condition: condition ?? everybody })}
        readOnly={readOnly}
      />
      <div className={classes.triple}>
        <RoleSelect
          label={t('rule.role')}
          readOnly={readOnly}
          value={body.role}
          onChange={(role) => onChange({ ...body, role: role as AccountRole })}
        />
        <Select
          label={t('rule.appliesTo')}
          allowDeselect={false}
          readOnly={readOnly}
          data={appliesTo.map((value) => ({ value, label: t(`applies.${value}`) }))}
          value={body.applies_to}
          onChange={(value) => value && onChange({ ...body, applies_to: value as RuleBody['applies_to'] })}
        />
        <Select
          label={t('rule.method')}
          description={t(`sharingHelp.${body.method}`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          allowDeselect={false}
          readOnly={readOnly}
          data={sharings.map((value) => ({ value, label: t(`sharing.${value}`) }))}
          value={body.method}
          onChange={(value) => value && onChange({ ...body, method: value as RuleBody['method'] })}
        />
      </div>
      <div className={classes.pair}>
        <MultiSelect
          label={t('rule.users')}
          searchable
          readOnly={readOnly}
          data={people.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={body.candidates.users.map(String)}
          onChange={(users) => onChange({ ...body, candidates: { ...body.candidates, users: users.map(Number) } })}
        />
        <MultiSelect
          label={t('rule.teams')}
          readOnly={readOnly}
          data={(teams?.items ?? []).map(({ key, name }) => ({ value: key, label: name[language] }))}
          value={body.candidates.teams}
          onChange={(keys) => onChange({ ...body, candidates: { ...body.candidates, teams: keys } })}
        />
      </div>
      <Limits body={body} onChange={onChange} readOnly={readOnly} />
      {isComplete ? (
        <PlanView question={{ key: definitionKey, body }} />
      ) : (
        <Text fz="sm" c="dimmed">
          {t('rule.incomplete')}
        </Text>
      )}
    </Stack>
  );
}

const asNumber = (value: number | string) => (typeof value === 'number' ? value : null);

function Limits({ body, onChange, readOnly }: Omit<FormProps<RuleBody>, 'definitionKey'>) {
  const { t } = useTranslation('org');
  const { reportingCurrency } = useViewer();
  const unit = 10 ** minorDigits(reportingCurrency);
  const { capacity } = body;
  const limit = (part: Partial<RuleBody['capacity']>) => onChange({ ...body, capacity: { ...capacity, ...part } });
  const input = { min: 0, readOnly, placeholder: t('noLimit'), thousandSeparator: ',' } as const;
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, minInlineSize: 0 }}>
      <Text component="legend" fz="sm" fw={500} p={0} mb={2}>
        {t('rule.limits')}
      </Text>
      <Text fz="xs" c="dimmed" mb={6}>
        {t('rule.limitsHelp')}
      </Text>
      <div className={classes.triple}>
        <NumberInput
          label={t('column.accounts')}
          allowDecimal={false}
          value={capacity.accounts ?? ''}
          onChange={(value) => limit({ accounts: asNumber(value) })}
          {...input}
        />
        <NumberInput
          label={`ARR (${reportingCurrency})`}
          value={capacity.arr_minor === null ? '' : capacity.arr_minor / unit}
          onChange={(value) => {
            const amount = asNumber(value);
            limit({ arr_minor: amount === null ? null : Math.round(amount * unit) });
          }}
          {...input}
        />
        <NumberInput
          label={t('column.effort')}
          value={capacity.effort ?? ''}
          onChange={(value) => limit({ effort: asNumber(value) })}
          {...input}
        />
      </div>
    </fieldset>
  );
}
