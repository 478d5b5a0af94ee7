import { Button, Checkbox, Group, NumberInput, Select, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { emptyCondition } from '../../components/filter/condition';
import { useBookFilterFields } from '../../components/filter/use-book-filter-fields';
import { ConditionInput } from '../../components/rules/ConditionInput';
import { WordsPair } from '../../components/WordsPair';
import { useFormat, useLanguage } from '../../lib/viewer';
import { addMilestone, addMoment, holding } from './edit';
import classes from './Journeys.module.css';
import type { JourneyPreview } from './requests';
import { ourRoles, theirRoles, type JourneyBody, type MilestoneBody, type MomentBody, type StageBody } from './types';

interface StageFormProps {
  body: JourneyBody;
  index: number;
  preview: JourneyPreview | undefined;
  onChange: (body: JourneyBody) => void;
  onChangeStage: (change: Partial<StageBody>) => void;
}

/** One stage: in the customer's words, who answers for it, and what shows that it is passed. */
export function StageForm({ body, index, preview, onChange, onChangeStage }: StageFormProps) {
  const { t } = useTranslation('journeys');
  const stage = body.stages[index]!;
  const changeMilestone = (at: number, change: Partial<MilestoneBody>) =>
    onChangeStage({
      milestones: stage.milestones.map((milestone, i) => (i === at ? { ...milestone, ...change } : milestone)),
    });
  const changeMoment = (at: number, change: Partial<MomentBody>) =>
    onChangeStage({
      moments_of_truth: stage.moments_of_truth.map((moment, i) => (i === at ? { ...moment, ...change } : moment)),
    });
  return (
    <Stack gap="md" miw={0}>
      <WordsPair label={t('form.stageName')} required value={stage.name} onChange={(name) => onChangeStage({ name })} />
      <WordsPair
        label={t('form.outcome')}
        maxLength={400}
        value={stage.outcome}
        onChange={(outcome) => onChangeStage({ outcome })}
      />
      <WordsPair
        label={t('form.feeling')}
        maxLength={200}
        value={stage.feeling}
        onChange={(feeling) => onChangeStage({ feeling })}
      />
      <Roles stage={stage} onChangeStage={onChangeStage} />
      <Title order={3}>{t('form.milestones')}</Title>
      <Text fz="sm" c="dimmed">
        {t('form.milestonesHelp')}
      </Text>
      {stage.milestones.map((milestone, at) => (
        <MilestoneCard
          key={milestone.key}
          milestone={milestone}
          holds={preview?.milestones.find(({ key }) => key === milestone.key)?.holds ?? undefined}
          of={preview?.accounts}
          onChange={(change) => changeMilestone(at, change)}
          onRemove={() => onChangeStage({ milestones: stage.milestones.toSpliced(at, 1) })}
        />
      ))}
      <AddButton label={t('form.addMilestone')} onClick={() => onChange(addMilestone(body, index))} />
      <Title order={3}>{t('form.moments')}</Title>
      {stage.moments_of_truth.map((moment, at) => (
        <div key={moment.key} className={classes.card}>
          <WordsPair
            label={t('form.momentName')}
            required
            value={moment.name}
            onChange={(name) => changeMoment(at, { name })}
          />
          <WordsPair
            label={t('form.momentWhat')}
            maxLength={400}
            value={moment.what}
            onChange={(what) => changeMoment(at, { what })}
          />
          <RemoveButton onClick={() => onChangeStage({ moments_of_truth: stage.moments_of_truth.toSpliced(at, 1) })} />
        </div>
      ))}
      <AddButton label={t('form.addMoment')} onClick={() => onChange(addMoment(body, index))} />
    </Stack>
  );
}

function Roles({ stage, onChangeStage }: { stage: StageBody; onChangeStage: (change: Partial<StageBody>) => void }) {
  const { t } = useTranslation('journeys');
  return (
    <Group align="flex-end" gap={12}>
      <Select
        label={t('form.ourRole')}
        allowDeselect={false}
        data={ourRoles.map((role) => ({ value: role, label: t(`ourRole.${role}`) }))}
        value={stage.our_role}
        onChange={(role) => role && onChangeStage({ our_role: role })}
      />
      <Select
        label={t('form.theirRole')}
        clearable
        placeholder={t('form.nobody')}
        data={theirRoles.map((role) => ({ value: role, label: t(`theirRole.${role}`) }))}
        value={stage.their_role || null}
        onChange={(role) => onChangeStage({ their_role: role ?? '' })}
      />
      <NumberInput
        label={t('form.expectedDays')}
        min={1}
        max={3660}
        w={160}
        suffix={t('form.daysSuffix')}
        value={stage.expected_days}
        onChange={(days) => onChangeStage({ expected_days: Number(days) || 1 })}
      />
    </Group>
  );
}

interface MilestoneCardProps {
  milestone: MilestoneBody;
  /** Accounts for which its condition holds now, and of how many. */
  holds: number | undefined;
  of: number | undefined;
  onChange: (change: Partial<MilestoneBody>) => void;
  onRemove: () => void;
}

function MilestoneCard({ milestone, holds, of, onChange, onRemove }: MilestoneCardProps) {
  const { t } = useTranslation('journeys');
  const format = useFormat();
  const language = useLanguage();
  const fields = useBookFilterFields();
  return (
    <section className={classes.card} aria-label={milestone.name[language] || t('form.unnamed')}>
      <WordsPair
        label={t('form.milestoneName')}
        required
        value={milestone.name}
        onChange={(name) => onChange({ name })}
      />
      <Group gap={20}>
        <Checkbox
          label={t('form.required')}
          checked={milestone.required}
          onChange={(event) => onChange({ required: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('form.byData')}
          checked={milestone.condition !== undefined}
          onChange={(event) => onChange({ condition: event.currentTarget.checked ? emptyCondition : undefined })}
        />
        <Checkbox
          label={t('form.byCustomer')}
          checked={milestone.confirmed_by_customer}
          onChange={(event) => onChange({ confirmed_by_customer: event.currentTarget.checked })}
        />
      </Group>
      {milestone.condition && (
        <>
          <ConditionInput
            label={t('form.condition')}
            fields={fields}
            value={holding(milestone.condition)}
            onChange={(condition) => onChange({ condition: condition ?? emptyCondition })}
          />
          <Group justify="space-between" align="flex-end">
            <NumberInput
              label={t('form.grace')}
              min={0}
              max={365}
              w={200}
              suffix={t('form.daysSuffix')}
              value={milestone.grace_days}
              onChange={(days) => onChange({ grace_days: Number(days) || 0 })}
            />
            {holds !== undefined && of !== undefined && (
              <Text fz="sm" c="dimmed">
                {t('form.holds', { formatted: format.number(holds), of: format.number(of) })}
              </Text>
            )}
          </Group>
        </>
      )}
      <RemoveButton onClick={onRemove} />
    </section>
  );
}

function AddButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <div>
      <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={onClick}>
        {label}
      </Button>
    </div>
  );
}

function RemoveButton({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation('journeys');
  return (
    <div>
      <Button size="compact-xs" variant="subtle" color="red" onClick={onClick}>
        {t('form.remove')}
      </Button>
    </div>
  );
}
