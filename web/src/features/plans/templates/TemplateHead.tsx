import { NumberInput, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Condition, FilterField } from '../../../components/filter/condition';
import { useBookFilterFields } from '../../../components/filter/use-book-filter-fields';
import { ConditionInput } from '../../../components/rules/ConditionInput';
import { WordsPair } from '../../../components/WordsPair';
import { useFormat, useLanguage } from '../../../lib/viewer';
import type { TemplateBody } from './body';
import classes from './Templates.module.css';

interface TemplateHeadProps {
  body: TemplateBody;
  onChange: (fields: Partial<TemplateBody>) => void;
  readOnly: boolean;
}

/** Its name; folded below it, whom it is for and what the plans that it makes are called. */
export function TemplateHead({ body, onChange, readOnly }: TemplateHeadProps) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const fields = useBookFilterFields();
  // A template that has no goal yet was just made: its head is what comes first.
  const [isOpen, setOpen] = useState(body.document.goals.length === 0);
  const whom = useWhom(body.condition, fields);
  const plan = (change: Partial<TemplateBody['document']>) => onChange({ document: { ...body.document, ...change } });
  return (
    <fieldset disabled={readOnly} className={classes.head}>
      <WordsPair
        label={t('templates.name')}
        required
        maxLength={100}
        value={body.name}
        onChange={(name) => onChange({ name })}
      />
      <details className={classes.fold} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <b>{t('templates.settings')}</b>
          <Text span fz="sm" c="dimmed">
            {t('templates.settingsNow', { whom, rank: format.number(body.rank) })}
          </Text>
        </summary>
        <div className={classes.settings}>
          <div className={classes.column}>
            <ConditionInput
              label={t('templates.condition')}
              description={t('templates.conditionHelp')}
              fields={fields}
              value={body.condition}
              onChange={(condition) => onChange({ condition: condition ?? undefined })}
            />
            <NumberInput
              label={t('templates.rank')}
              description={t('templates.rankHelp')}
              maw={320}
              min={0}
              max={10_000}
              allowDecimal={false}
              value={body.rank}
              onChange={(rank) => onChange({ rank: Number(rank) || 0 })}
            />
          </div>
          <div className={classes.column}>
            <WordsPair
              label={t('templates.description')}
              maxLength={1000}
              value={body.description ?? { ja: '', en: '' }}
              onChange={(description) => onChange({ description })}
            />
            <WordsPair
              label={t('field.planName')}
              maxLength={100}
              value={body.document.name}
              onChange={(name) => plan({ name })}
            />
            <WordsPair
              label={t('head.purpose')}
              maxLength={1000}
              value={body.document.purpose}
              onChange={(purpose) => plan({ purpose })}
            />
          </div>
        </div>
      </details>
    </fieldset>
  );
}

/** For which accounts, by the names of what the condition asks. */
function useWhom(condition: Condition | undefined, fields: readonly FilterField[] | undefined): string {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  if (!condition || condition.rules.length === 0) return t('templates.everyAccount');
  const labels = [...new Set(namesIn(condition))].map((name) => fields?.find((field) => field.name === name)?.label);
  return t('templates.byFields', {
    fields: labels.filter((label) => label !== undefined).join(language === 'ja' ? '・' : ', '),
  });
}

function namesIn(condition: Condition): string[] {
  return condition.rules.flatMap((node) => ('rules' in node ? namesIn(node) : [node.field]));
}
