import { NumberInput, Select, Stack, Textarea } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useBookFilterFields } from '../../components/filter/use-book-filter-fields';
import { ConditionInput } from '../../components/rules/ConditionInput';
import { WordsPair } from '../../components/WordsPair';
import { DefinitionPage, type FormProps } from './DefinitionPage';
import { everybody } from './everybody';
import { ModelPreview } from './ModelPreview';
import { touches, type ModelBody, type Touch } from './types';
import classes from './Org.module.css';

const emptyModel: ModelBody = {
  name: { ja: '', en: '' },
  description: '',
  touch: 'low',
  rank: 50,
  condition: everybody,
  expectations: { meeting_every_days: null, accounts_per_csm: 50, effort_weight: 2 },
};

/** Below the field, so that the fields of a row stand on one line. */
const helpBelow: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

/** An engagement model: whom it is for, and what it asks of those who look after them. */
export function ModelPage() {
  const { key } = useParams({ strict: false });
  return <DefinitionPage kind="engagement_model" definitionKey={key} empty={emptyModel} form={renderForm} />;
}

const renderForm = (props: FormProps<ModelBody>) => <ModelForm {...props} />;
const asNumber = (value: number | string) => (typeof value === 'number' ? value : null);

/** The field that says what is being decided here cannot decide it. */
const itself = 'attribute.engagement_model';

function ModelForm({ definitionKey, body, onChange, readOnly }: FormProps<ModelBody>) {
  const { t } = useTranslation('org');
  const fields = useBookFilterFields()?.filter(({ name }) => name !== itself);
  const { expectations } = body;
  const expect = (part: Partial<ModelBody['expectations']>) =>
    onChange({ ...body, expectations: { ...expectations, ...part } });
  return (
    <div className={classes.editor}>
      <Stack gap="md" miw={0}>
        <WordsPair
          label={t('name')}
          required
          readOnly={readOnly}
          maxLength={60}
          value={body.name}
          onChange={(name) => onChange({ ...body, name })}
        />
        <div className={classes.pair}>
          <Select
            label={t('column.touch')}
            allowDeselect={false}
            readOnly={readOnly}
            data={touches.map((value) => ({ value, label: t(`touch.${value}`) }))}
            value={body.touch}
            onChange={(value) => value && onChange({ ...body, touch: value as Touch })}
          />
          <NumberInput
            label={t('column.rank')}
            description={t('model.rankHelp')}
            inputWrapperOrder={helpBelow}
            readOnly={readOnly}
            allowDecimal={false}
            value={body.rank}
            onChange={(value) => onChange({ ...body, rank: asNumber(value) ?? 0 })}
          />
        </div>
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
          label={t('condition')}
          description={t('model.conditionHelp')}
          fields={fields}
          value={body.condition}
          onChange={(condition) => onChange({ ...body, condition: condition ?? everybody })}
          readOnly={readOnly}
        />
        <div className={classes.triple}>
          <NumberInput
            label={t('model.perCsm')}
            readOnly={readOnly}
            min={1}
            allowDecimal={false}
            value={expectations.accounts_per_csm ?? ''}
            onChange={(value) => {
              const accounts = asNumber(value);
              expect({
                accounts_per_csm: accounts,
                ...(accounts && { effort_weight: Math.round(10_000 / accounts) / 100 }),
              });
            }}
          />
          <NumberInput
            label={t('column.effortEach')}
            description={t('effortHelp')}
            inputWrapperOrder={helpBelow}
            readOnly={readOnly}
            min={0}
            decimalScale={2}
            value={expectations.effort_weight ?? ''}
            onChange={(value) => expect({ effort_weight: asNumber(value) })}
          />
          <NumberInput
            label={t('model.meetingEvery')}
            readOnly={readOnly}
            min={1}
            allowDecimal={false}
            value={expectations.meeting_every_days ?? ''}
            onChange={(value) => expect({ meeting_every_days: asNumber(value) })}
          />
        </div>
      </Stack>
      {definitionKey && body.name.ja && body.name.en ? (
        <ModelPreview definitionKey={definitionKey} body={body} />
      ) : null}
    </div>
  );
}
