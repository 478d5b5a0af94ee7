import { NumberInput, Select, SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { definitionsQuery } from '../../../api/definitions';
import { goalKinds, type Goal } from '../../../api/plans';
import { WordsPair } from '../../../components/WordsPair';
import { useLanguage } from '../../../lib/viewer';
import { DayField } from '../DayField';
import { directionOf, lackOfGoal } from '../edit';
import { useEditing } from '../editing';
import { FormFrame } from './FormFrame';
import { ValueFields } from './ValueFields';

/** What is agreed: why, how it is told, from where to where, until when, who answers for it, and what it is worth. */
export function GoalForm({ goal, isNew }: { goal: Goal; isNew: boolean }) {
  const { t } = useTranslation('plans');
  return (
    <FormFrame kind="goal" item={goal} isNew={isNew} lack={lackOfGoal}>
      {(draft, change) => (
        <>
          <WordsPair
            label={t('kind.goal')}
            required
            maxLength={100}
            value={draft.name}
            onChange={(name) => change({ name })}
          />
          <WordsPair label={t('field.why')} maxLength={1000} value={draft.why} onChange={(why) => change({ why })} />
          <WordsPair
            label={t('field.criterion')}
            maxLength={1000}
            value={draft.criterion}
            onChange={(criterion) => change({ criterion })}
          />
          <FigureFields draft={draft} change={change} />
          <SimpleGrid cols={2}>
            <DayField label={t('field.start')} value={draft.start} onChange={(start) => change({ start })} />
            <DayField
              label={t('field.due')}
              value={draft.due}
              error={lackOfGoal(draft) === 'days' ? t('lack.days') : undefined}
              onChange={(due) => change({ due })}
            />
          </SimpleGrid>
          <People draft={draft} change={change} />
          <ValueFields value={draft.value} onChange={(value) => change({ value })} />
        </>
      )}
    </FormFrame>
  );
}

interface PartProps {
  draft: Goal;
  change: (fields: Partial<Goal>) => void;
}

/** How it is measured: by a measure of ours, by a figure that is entered, or by yes or no. */
function FigureFields({ draft, change }: PartProps) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { data: measures = [] } = useQuery(definitionsQuery('measure'));
  const number = (field: 'baseline' | 'target', label: string) => (
    <NumberInput
      label={label}
      required={field === 'target'}
      decimalScale={4}
      thousandSeparator=","
      hideControls
      value={draft[field] ?? ''}
      onChange={(next) => {
        const value = next === '' || next === '-' ? null : Number(next);
        const figures = { baseline: draft.baseline, target: draft.target, [field]: value };
        change({ ...figures, direction: directionOf(figures.baseline, figures.target) ?? draft.direction });
      }}
    />
  );
  return (
    <>
      <Select
        label={t('field.kind')}
        allowDeselect={false}
        data={goalKinds.map((kind) => ({ value: kind, label: t(`goalKind.${kind}`) }))}
        value={draft.kind}
        onChange={(next) => {
          const kind = goalKinds.find((each) => each === next);
          if (kind) change({ kind, ...(kind !== 'measure' && { measure: '' }) });
        }}
      />
      {draft.kind === 'measure' && (
        <Select
          label={t('field.measure')}
          required
          searchable
          allowDeselect={false}
          data={measures
            .filter(({ version }) => version > 0)
            .map(({ key, name }) => ({ value: key, label: name[language] }))}
          value={draft.measure || null}
          onChange={(measure) => measure && change({ measure })}
        />
      )}
      {draft.kind !== 'yes_no' && (
        <>
          <SimpleGrid cols={3}>
            {number('baseline', t('goals:figures.baseline'))}
            {number('target', t('goals:figures.target'))}
            <Select
              label={t('field.direction')}
              allowDeselect={false}
              data={(['up', 'down'] as const).map((direction) => ({
                value: direction,
                label: t(`direction.${direction}`),
              }))}
              value={draft.direction}
              onChange={(next) => change({ direction: next === 'down' ? 'down' : 'up' })}
            />
          </SimpleGrid>
          <WordsPair label={t('field.unit')} maxLength={30} value={draft.unit} onChange={(unit) => change({ unit })} />
        </>
      )}
    </>
  );
}

function People({ draft, change }: PartProps) {
  const { t } = useTranslation('plans');
  const { plan, people, contacts } = useEditing();
  if (!plan) return null;
  const select = (label: string, persons: readonly { id: number; name: string }[], field: 'ours' | 'theirs') => (
    <Select
      label={label}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('common:clear') }}
      data={persons.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={draft[field] === null ? null : String(draft[field])}
      onChange={(next) => change({ [field]: next === null ? null : Number(next) })}
    />
  );
  return (
    <SimpleGrid cols={2}>
      {select(t('field.theirs'), contacts, 'theirs')}
      {select(t('field.ours'), people, 'ours')}
    </SimpleGrid>
  );
}
