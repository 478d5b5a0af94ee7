import { NumberInput, Stack, Switch, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConditionInput } from '../../components/rules/ConditionInput';
import { FieldTextInput } from '../../components/rules/FieldTextInput';
import { PlaybookSelect } from '../../components/rules/PlaybookSelect';
import { WordsPair } from '../../components/WordsPair';
import { KindSelect, RoleSelect, SeveritySelect } from '../../components/rules/WordSelect';
import { useBookFilterFields } from '../../components/filter/use-book-filter-fields';
import type { AccountRole } from '../../components/rules/words';
import { signalKinds, type SignalRule } from './types';
import classes from './Signals.module.css';

interface RuleFormProps {
  rule: SignalRule;
  onChange: (rule: SignalRule) => void;
  readOnly?: boolean;
  /** What the server said is wrong, by its path in the body. */
  faults?: Record<string, string>;
}

const placeholderOf = (field: string) => `{${field}}`;

/** What the rule watches for, when it speaks, and what it opens. */
export function RuleForm({ rule, onChange, readOnly = false, faults = {} }: RuleFormProps) {
  const { t } = useTranslation('signals');
  const fields = useBookFilterFields();
  const change = (part: Partial<SignalRule>) => onChange({ ...rule, ...part });
  const shared = { readOnly };
  return (
    <Stack gap="lg" miw={0}>
      <Stack gap="md">
        <WordsPair
          label={t('form.name')}
          required
          maxLength={60}
          value={rule.name}
          onChange={(name) => change({ name })}
          error={faults.name}
          {...shared}
        />
        <WordsPair
          label={t('form.description')}
          rows={1}
          maxLength={600}
          value={rule.description}
          onChange={(description) => change({ description })}
          {...shared}
        />
        <div className={classes.fields}>
          <KindSelect
            label={t('column.kind')}
            kinds={signalKinds}
            value={rule.kind}
            onChange={(kind) => change({ kind: kind as SignalRule['kind'] })}
            {...shared}
          />
          <SeveritySelect
            label={t('column.severity')}
            value={rule.severity}
            onChange={(severity) => change({ severity: severity as SignalRule['severity'] })}
            {...shared}
          />
          <Switch
            label={t('form.enabled')}
            checked={rule.enabled}
            disabled={readOnly}
            pb={8}
            onChange={(event) => change({ enabled: event.currentTarget.checked })}
          />
        </div>
      </Stack>
      <Part title={t('form.whenTitle')}>
        <ConditionInput
          label={t('form.condition')}
          description={t('form.conditionHelp')}
          fields={fields}
          value={rule.condition}
          onChange={(condition) => change({ condition })}
          error={faults.condition}
          {...shared}
        />
        <Optional
          label={t('form.hasScope')}
          isOn={rule.scope !== null}
          onOff={() => change({ scope: null })}
          {...shared}
        >
          <ConditionInput
            label={t('form.scope')}
            description={t('form.scopeHelp')}
            fields={fields}
            value={rule.scope}
            onChange={(scope) => change({ scope })}
            error={faults.scope}
            {...shared}
          />
        </Optional>
        <div className={classes.fields}>
          <Days
            label={t('form.forDays')}
            description={t('form.forDaysHelp')}
            max={365}
            value={rule.for_days}
            onChange={(for_days) => change({ for_days })}
            error={faults.for_days}
            {...shared}
          />
          <Days
            label={t('form.cooldown')}
            description={t('form.cooldownHelp')}
            max={730}
            value={rule.cooldown_days}
            onChange={(cooldown_days) => change({ cooldown_days })}
            error={faults.cooldown_days}
            {...shared}
          />
        </div>
        <Optional
          label={t('form.hasLeave')}
          isOn={rule.leave_condition !== null}
          onOff={() => change({ leave_condition: null })}
          {...shared}
        >
          <ConditionInput
            label={t('form.leave')}
            description={t('form.leaveHelp')}
            fields={fields}
            value={rule.leave_condition}
            onChange={(leave_condition) => change({ leave_condition })}
            error={faults.leave_condition}
            {...shared}
          />
        </Optional>
        <Switch
          label={t('form.existing')}
          description={t('form.existingHelp')}
          checked={rule.fires_on_existing}
          disabled={readOnly}
          onChange={(event) => change({ fires_on_existing: event.currentTarget.checked })}
        />
      </Part>
      <Part title={t('form.whyTitle')}>
        <FieldTextInput
          label={t('form.explanation')}
          description={t('form.explanationHelp')}
          required
          maxLength={2000}
          rows={3}
          fields={fields}
          placeholderOf={placeholderOf}
          value={rule.explanation}
          onChange={(explanation) => change({ explanation })}
          error={faults.explanation}
          {...shared}
        />
      </Part>
      <Part title={t('form.callTitle')}>
        <CallFields rule={rule} onChange={onChange} readOnly={readOnly} faults={faults} />
      </Part>
    </Stack>
  );
}

function CallFields({ rule, onChange, readOnly, faults = {} }: RuleFormProps) {
  const { t } = useTranslation('signals');
  const { call } = rule;
  const change = (part: Partial<SignalRule['call']>) => onChange({ ...rule, call: { ...call, ...part } });
  return (
    <>
      <WordsPair
        label={t('form.callName')}
        description={t('form.callNameHelp')}
        maxLength={200}
        readOnly={readOnly}
        value={call.title}
        onChange={(title) => change({ title: title.ja === '' && title.en === '' ? null : title })}
        error={faults['call.title']}
      />
      <div className={classes.fields}>
        <RoleSelect
          label={t('form.role')}
          readOnly={readOnly}
          value={call.role}
          onChange={(role) => change({ role: role as AccountRole })}
        />
        <Days
          label={t('form.due')}
          suffix={t('form.businessDays')}
          max={250}
          readOnly={readOnly}
          value={call.due_business_days}
          onChange={(due_business_days) => change({ due_business_days })}
        />
        <NumberInput
          label={t('form.hours')}
          suffix={t('form.hoursUnit')}
          min={0}
          max={200}
          step={0.5}
          decimalScale={2}
          readOnly={readOnly}
          value={call.hours_estimate}
          onChange={(next) => typeof next === 'number' && change({ hours_estimate: next })}
        />
        <PlaybookSelect
          label={t('form.playbook')}
          readOnly={readOnly}
          value={call.playbook}
          onChange={(playbook) => change({ playbook })}
        />
      </div>
      <Switch
        label={t('form.closes')}
        description={t('form.closesHelp')}
        checked={rule.closes_by_itself}
        disabled={readOnly}
        onChange={(event) => onChange({ ...rule, closes_by_itself: event.currentTarget.checked })}
      />
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <Title order={2} mb={12}>
        {title}
      </Title>
      <Stack gap="md">{children}</Stack>
    </section>
  );
}

interface OptionalProps {
  label: string;
  isOn: boolean;
  onOff: () => void;
  readOnly?: boolean;
  children: ReactNode;
}

/** A condition that most rules do without: shown once it is asked for. */
function Optional({ label, isOn, onOff, readOnly, children }: OptionalProps) {
  const [asked, setAsked] = useState(false);
  const isShown = isOn || asked;
  return (
    <div>
      <Switch
        label={label}
        checked={isShown}
        disabled={readOnly}
        onChange={(event) => {
          setAsked(event.currentTarget.checked);
          if (!event.currentTarget.checked) onOff();
        }}
      />
      {isShown && (
        <Text component="div" mt={10} pl={4}>
          {children}
        </Text>
      )}
    </div>
  );
}

interface DaysProps {
  label: string;
  description?: string;
  suffix?: string;
  max: number;
  value: number;
  onChange: (days: number) => void;
  readOnly?: boolean;
  error?: string;
}

function Days({ suffix, onChange, ...input }: DaysProps) {
  const { t } = useTranslation('signals');
  return (
    <NumberInput
      min={0}
      allowDecimal={false}
      suffix={suffix ?? t('form.days')}
      onChange={(next) => typeof next === 'number' && onChange(next)}
      {...input}
    />
  );
}
