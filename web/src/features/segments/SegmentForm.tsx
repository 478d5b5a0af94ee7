import { Skeleton, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { completeCondition } from '../../components/filter/condition';
import { FilterBuilder } from '../../components/filter/FilterBuilder';
import type { SegmentBody } from './segments';
import { Preview } from './Preview';
import classes from './Segments.module.css';
import { useBookFilterFields } from '../../components/filter/use-book-filter-fields';

interface SegmentFormProps {
  body: SegmentBody;
  onChange: (body: SegmentBody) => void;
  /** The published segment that is being edited. */
  segmentKey: string | undefined;
  readOnly?: boolean;
}

/** Name and condition on the left, and on the right what they would mean. */
export function SegmentForm({ body, onChange, segmentKey, readOnly = false }: SegmentFormProps) {
  const { t } = useTranslation('segments');
  const all = useBookFilterFields();
  // A segment cannot ask for itself.
  const fields = useMemo(
    () =>
      all?.map((field) =>
        field.name === 'segments' && field.choices
          ? { ...field, choices: field.choices.filter(({ value }) => value !== segmentKey) }
          : field,
      ),
    [all, segmentKey],
  );
  const rename = (part: Partial<SegmentBody['name']>) => onChange({ ...body, name: { ...body.name, ...part } });
  return (
    <div className={classes.editor}>
      <Stack gap="md" miw={0}>
        <div className={classes.names}>
          <TextInput
            label={t('form.nameJa')}
            required
            readOnly={readOnly}
            maxLength={60}
            value={body.name.ja}
            onChange={(event) => rename({ ja: event.currentTarget.value })}
          />
          <TextInput
            label={t('form.nameEn')}
            required
            readOnly={readOnly}
            maxLength={60}
            value={body.name.en}
            onChange={(event) => rename({ en: event.currentTarget.value })}
          />
        </div>
        <Textarea
          label={t('form.description')}
          autosize
          minRows={1}
          maxLength={600}
          readOnly={readOnly}
          value={body.description}
          onChange={(event) => onChange({ ...body, description: event.currentTarget.value })}
        />
        <div>
          <Title order={2} mb={4}>
            {t('form.condition')}
          </Title>
          <Text fz="sm" c="dimmed" mb={8}>
            {t('form.conditionHelp')}
          </Text>
          {fields ? (
            <fieldset disabled={readOnly} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
              <FilterBuilder
                fields={fields}
                value={body.condition}
                onChange={(condition) => onChange({ ...body, condition })}
              />
            </fieldset>
          ) : (
            <Skeleton height={72} />
          )}
        </div>
      </Stack>
      {fields && <Preview condition={completeCondition(body.condition, fields)} segmentKey={segmentKey} />}
    </div>
  );
}
