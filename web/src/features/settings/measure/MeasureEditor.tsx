import {
  Button,
  Fieldset,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Textarea,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDefinitionDeeds } from '../../../api/definitions';
import { ErrorState } from '../../../components/ErrorState';
import { showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { ExpressionInput } from './ExpressionInput';
import { MeasureFilterFields, OperandFields } from './MeasureFilterFields';
import { PeersField } from './PeersField';
import { MeasurePreview } from './MeasurePreview';
import classes from '../Settings.module.css';
import type { MeasureBody } from '../types';
import {
  aggregatesOf,
  betters,
  changes,
  comparisons,
  divisors,
  isWindowed,
  sources,
  units,
  type Source,
} from '../vocabulary';

interface MeasureEditorProps {
  initial: MeasureBody;
  isNew?: boolean;
  onSaved: (key: string) => void;
  onClose: () => void;
}

const longest_days = 3650;

/** Only what means something for the chosen source and aggregate travels to the server. */
function tidied(body: MeasureBody): MeasureBody {
  const tidy = { ...body };
  if (!isWindowed(tidy.source, tidy.aggregate)) delete tidy.window_days;
  if (tidy.source !== 'attribute') delete tidy.attribute;
  if (tidy.source !== 'measures' || tidy.aggregate === 'expression') delete tidy.of;
  if (tidy.aggregate !== 'expression') delete tidy.expression;
  if (!tidy.percentile_among) delete tidy.percentile_among;
  if (!tidy.compare || tidy.compare === 'nothing') delete tidy.change;
  return tidy;
}

/** A measure by point and click; saving makes a draft, publishing comes after. */
export function MeasureEditor({ initial, isNew = false, onSaved, onClose }: MeasureEditorProps) {
  const { t } = useTranslation('settings');
  const [body, setBody] = useState(initial);
  const { saveDraft } = useDefinitionDeeds<MeasureBody>('measure', body.key || 'new');
  const set = (change: Partial<MeasureBody>) => setBody((now) => ({ ...now, ...change }));
  const options = (values: readonly string[], label: (value: string) => string) =>
    values.map((value) => ({ value, label: label(value) }));
  const setSource = (source: string) =>
    set({
      source,
      aggregate: aggregatesOf[source as Source][0],
      filter: undefined,
      attribute: undefined,
      of: undefined,
      expression: undefined,
    });
  const keyIsGood = /^[a-z0-9_]{1,64}$/.test(body.key) && body.key !== 'new';
  const isComplete = keyIsGood && body.name.en.trim() !== '' && body.name.ja.trim() !== '';
  const hasWindow = isWindowed(body.source, body.aggregate);
  const save = () =>
    carryOut(saveDraft, tidied(body), {
      onSuccess: () => {
        showToast(t('draft.saved'));
        onSaved(body.key);
      },
    });
  const days = (value: string | number) => (typeof value === 'number' ? value : 0);
  return (
    <Stack gap="md" className={classes.box} p="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <TextInput
          label={t('name.ja')}
          value={body.name.ja}
          onChange={(event) => set({ name: { ...body.name, ja: event.currentTarget.value } })}
        />
        <TextInput
          label={t('name.en')}
          value={body.name.en}
          onChange={(event) => set({ name: { ...body.name, en: event.currentTarget.value } })}
        />
        <Textarea
          label={t('description.ja')}
          autosize
          value={body.description?.ja ?? ''}
          onChange={(event) => set({ description: { en: body.description?.en ?? '', ja: event.currentTarget.value } })}
        />
        <Textarea
          label={t('description.en')}
          autosize
          value={body.description?.en ?? ''}
          onChange={(event) => set({ description: { ja: body.description?.ja ?? '', en: event.currentTarget.value } })}
        />
      </SimpleGrid>
      {isNew && (
        <TextInput
          label={t('measure.key')}
          description={t('measure.keyHelp')}
          maw={360}
          value={body.key}
          error={body.key !== '' && !keyIsGood ? t('measure.keyBad') : undefined}
          onChange={(event) => set({ key: event.currentTarget.value })}
        />
      )}
      <Fieldset legend={t('measure.what')}>
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="md">
          <Select
            label={t('measure.source')}
            allowDeselect={false}
            data={options(sources, (value) => t(`source.${value}`))}
            value={body.source}
            onChange={(value) => value && setSource(value)}
          />
          <Select
            label={t('measure.aggregate')}
            allowDeselect={false}
            data={options(aggregatesOf[body.source as Source] ?? [], (value) => t(`aggregate.${value}`))}
            value={body.aggregate}
            onChange={(value) => value && set({ aggregate: value })}
          />
          {hasWindow && (
            <NumberInput
              label={t('measure.windowDays')}
              description={t('measure.windowHelp')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              min={0}
              max={longest_days}
              allowDecimal={false}
              value={body.window_days ?? 0}
              onChange={(value) => set({ window_days: days(value) })}
            />
          )}
          <OperandFields body={body} onChange={set} />
          {body.aggregate === 'expression' && (
            <ExpressionInput
              value={body.expression ?? ''}
              own={body.key}
              onChange={(expression) => set({ expression })}
            />
          )}
        </SimpleGrid>
        <MeasureFilterFields body={body} onChange={set} />
      </Fieldset>
      <Fieldset legend={t('measure.how')}>
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="md">
          <Select
            label={t('measure.divideBy')}
            allowDeselect={false}
            data={options(divisors, (value) => t(`divideBy.${value}`))}
            value={body.divide_by ?? 'nothing'}
            onChange={(value) => value && set({ divide_by: value })}
          />
          <Select
            label={t('measure.compare')}
            allowDeselect={false}
            data={options(comparisons, (value) => t(`compare.${value}`))}
            value={body.compare ?? 'nothing'}
            onChange={(value) => value && set({ compare: value })}
          />
          {body.compare && body.compare !== 'nothing' && (
            <Select
              label={t('measure.change')}
              allowDeselect={false}
              data={options(changes, (value) => t(`change.${value}`))}
              value={body.change ?? 'percent'}
              onChange={(value) => value && set({ change: value })}
            />
          )}
          <Select
            label={t('measure.unit')}
            allowDeselect={false}
            data={options(units, (value) => t(`unit.${value}`))}
            value={body.unit}
            onChange={(value) => value && set({ unit: value })}
          />
          <Select
            label={t('measure.better')}
            allowDeselect={false}
            data={options(betters, (value) => t(`better.${value}`))}
            value={body.better}
            onChange={(value) => value && set({ better: value })}
          />
          <PeersField value={body.percentile_among} onChange={(percentile_among) => set({ percentile_among })} />
        </SimpleGrid>
      </Fieldset>
      <Fieldset legend={t('measure.whenMissing')}>
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="md">
          <Select
            label={t('measure.noFacts')}
            allowDeselect={false}
            data={options(['missing', 'zero'], (value) => t(`noFacts.${value}`))}
            value={body.no_facts ?? 'missing'}
            onChange={(value) => value && set({ no_facts: value })}
          />
          <NumberInput
            label={t('measure.staleDays')}
            min={0}
            max={longest_days}
            allowDecimal={false}
            value={body.stale_after_days ?? 0}
            onChange={(value) => set({ stale_after_days: days(value) })}
          />
          <NumberInput
            label={t('measure.minimumAgeDays')}
            min={0}
            max={longest_days}
            allowDecimal={false}
            value={body.minimum_age_days ?? 0}
            onChange={(value) => set({ minimum_age_days: days(value) })}
          />
        </SimpleGrid>
        <Text fz="xs" c="dimmed" mt={8}>
          {t('measure.zeroIsNever')}
        </Text>
      </Fieldset>
      <MeasurePreview body={tidied(body)} isComplete={isComplete} />
      {saveDraft.isError && <ErrorState error={saveDraft.error} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button disabled={!isComplete} loading={saveDraft.isPending} onClick={save}>
          {t('draft.save')}
        </Button>
      </Group>
    </Stack>
  );
}
