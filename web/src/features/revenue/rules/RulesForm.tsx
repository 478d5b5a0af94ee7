import { Checkbox, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../lib/viewer';
import { rulesQuery } from '../revenue';
import type { RulesBody } from '../types';
import { DaysSwitch } from './DaysSwitch';
import classes from './Rules.module.css';

interface RulesFormProps {
  body: RulesBody;
  onChange: (body: RulesBody) => void;
  readOnly: boolean;
}

type ChoiceKey = 'churn_on' | 'price' | 'trials' | 'netting' | 'rates';

const choices: { [Key in ChoiceKey]: readonly RulesBody[Key][] } = {
  churn_on: ['service_end', 'notice'],
  price: ['net', 'list'],
  trials: ['excluded', 'included'],
  netting: ['account_day', 'product_day', 'account_month'],
  rates: ['of_start', 'each_month'],
};
const mostDays = 3650;

/** Every switch of a way of counting, in words. */
export function RulesForm({ body, onChange, readOnly }: RulesFormProps) {
  const { t } = useTranslation('revenue');
  const language = useLanguage();
  const { data } = useQuery(rulesQuery);
  const words = (key: string) => {
    const found = data?.switches.find((each) => each.key === key);
    return { label: found?.name[language] ?? key, description: found?.meaning[language] };
  };
  const set = (part: Partial<RulesBody>) => onChange({ ...body, ...part });
  const choice = (key: ChoiceKey) => (
    <Select
      key={key}
      {...words(key)}
      readOnly={readOnly}
      allowDeselect={false}
      data={choices[key].map((value) => ({ value, label: t(`switch.${key}.${value}`) }))}
      value={body[key]}
      onChange={(value) => value && set({ [key]: value })}
    />
  );
  return (
    <Stack gap="lg" maw={960}>
      <div className={classes.words}>
        <TextInput
          label={t('rules.nameJa')}
          maxLength={60}
          readOnly={readOnly}
          value={body.name.ja}
          onChange={(event) => set({ name: { ...body.name, ja: event.currentTarget.value } })}
        />
        <TextInput
          label={t('rules.nameEn')}
          maxLength={60}
          readOnly={readOnly}
          value={body.name.en}
          onChange={(event) => set({ name: { ...body.name, en: event.currentTarget.value } })}
        />
        <Textarea
          label={t('rules.explanationJa')}
          autosize
          maxLength={600}
          readOnly={readOnly}
          value={body.explanation.ja}
          onChange={(event) => set({ explanation: { ...body.explanation, ja: event.currentTarget.value } })}
        />
        <Textarea
          label={t('rules.explanationEn')}
          autosize
          maxLength={600}
          readOnly={readOnly}
          value={body.explanation.en}
          onChange={(event) => set({ explanation: { ...body.explanation, en: event.currentTarget.value } })}
        />
      </div>
      <div className={classes.form}>
        {choice('churn_on')}
        <NumberInput
          {...words('gap_days')}
          readOnly={readOnly}
          min={0}
          max={mostDays}
          allowDecimal={false}
          suffix={t('rules.daySuffix')}
          value={body.gap_days}
          onChange={(days) => typeof days === 'number' && set({ gap_days: days })}
        />
        <Checkbox
          {...words('reactivation_in_retention')}
          label={t('switch.reactivation_in_retention')}
          disabled={readOnly}
          checked={body.reactivation_in_retention}
          onChange={(event) => set({ reactivation_in_retention: event.currentTarget.checked })}
        />
        {choice('price')}
        {choice('trials')}
        <DaysSwitch
          {...words('past_due_days')}
          never={t('switch.past_due_days.never')}
          after={t('switch.past_due_days.after')}
          least={0}
          startingDays={30}
          readOnly={readOnly}
          value={body.past_due_days}
          onChange={(days) => set({ past_due_days: days })}
        />
        <DaysSwitch
          {...words('new_after_days')}
          never={t('switch.new_after_days.never')}
          after={t('switch.new_after_days.after')}
          least={1}
          startingDays={365}
          readOnly={readOnly}
          value={body.new_after_days}
          onChange={(days) => set({ new_after_days: days })}
        />
        {choice('netting')}
        {choice('rates')}
      </div>
    </Stack>
  );
}
