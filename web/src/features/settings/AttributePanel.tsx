import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirm } from '../../components/confirm';
import { ErrorState } from '../../components/ErrorState';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useLanguage, useMayDefine, useViewer } from '../../lib/viewer';
import {
  attributeTypes,
  useAttributeDeeds,
  type Attribute,
  type AttributeChange,
  type AttributeChoice,
  type AttributeType,
} from './attributes';

interface AttributePanelProps {
  /** Absent for a new one. */
  attribute?: Attribute;
  onDone: () => void;
}

/** Names and choices of an attribute. Its type stays what it was made with, so that no value loses its meaning. */
export function AttributePanel({ attribute, onDone }: AttributePanelProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const isManaged = Boolean(attribute?.managed_by);
  const mayDefine = useMayDefine() && !isManaged;
  const { reportingCurrency } = useViewer();
  const { create, change } = useAttributeDeeds();
  const [name, setName] = useState(attribute?.name ?? { en: '', ja: '' });
  const [type, setType] = useState<AttributeType>(attribute?.type ?? 'text');
  const [choices, setChoices] = useState<AttributeChoice[]>(attribute?.choices ?? []);
  const [currency, setCurrency] = useState(attribute?.currency ?? reportingCurrency);
  const error = create.error ?? change.error;
  const body: AttributeChange = {
    name: { en: name.en.trim() || name.ja.trim(), ja: name.ja.trim() || name.en.trim() },
    ...(!attribute && { type }),
    ...(type === 'choice' && { choices: choices.filter(({ value }) => value.trim() !== '') }),
    ...(type === 'money' && { currency }),
  };
  const isComplete = body.name.ja !== '' && (type !== 'choice' || (body.choices?.length ?? 0) > 0);
  const done = { onSuccess: () => finish() };
  const finish = () => {
    showToast(t('attribute.saved', { name: body.name[language] }));
    onDone();
  };
  const save = () =>
    attribute ? carryOut(change, { key: attribute.key, change: body }, done) : carryOut(create, body, done);
  return (
    <Stack gap="md">
      {isManaged && (
        <Text fz="sm" c="dimmed">
          {t('attribute.managedHelp')}
        </Text>
      )}
      <TextInput
        label={t('name.ja')}
        disabled={!mayDefine}
        value={name.ja}
        onChange={(event) => setName({ ...name, ja: event.currentTarget.value })}
      />
      <TextInput
        label={t('name.en')}
        disabled={!mayDefine}
        value={name.en}
        onChange={(event) => setName({ ...name, en: event.currentTarget.value })}
      />
      <Select
        label={t('attribute.type')}
        description={attribute ? t('attribute.typeFixed') : undefined}
        allowDeselect={false}
        disabled={attribute !== undefined || !mayDefine}
        data={attributeTypes.map((value) => ({ value, label: t(`attributeType.${value}`) }))}
        value={type}
        onChange={(value) => value && setType(value as AttributeType)}
      />
      {type === 'money' && (
        <TextInput
          label={t('attribute.currency')}
          maxLength={3}
          disabled={!mayDefine}
          value={currency}
          onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
        />
      )}
      {type === 'choice' && <Choices choices={choices} onChange={mayDefine ? setChoices : undefined} />}
      {error && <ErrorState error={error} />}
      {mayDefine && (
        <Group justify="space-between" gap={8}>
          {attribute ? <DeleteButton attribute={attribute} onDone={onDone} /> : <span />}
          <Button disabled={!isComplete} loading={create.isPending || change.isPending} onClick={save}>
            {t(attribute ? 'common:save' : 'attribute.create')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface ChoicesProps {
  choices: AttributeChoice[];
  onChange?: (choices: AttributeChoice[]) => void;
}

function Choices({ choices, onChange }: ChoicesProps) {
  const { t } = useTranslation('settings');
  const set = (at: number, label: AttributeChoice['label'], isNew: boolean) =>
    onChange?.(
      choices.map((choice, index) =>
        index === at ? { value: isNew ? label.ja || label.en : choice.value, label } : choice,
      ),
    );
  // A value that records carry already must stay; only what is shown for it changes.
  const [kept] = useState(choices.length);
  return (
    <div>
      <Text fz="sm" fw={500} mb={4}>
        {t('attribute.choices')}
      </Text>
      <Stack gap={6}>
        {choices.map(({ label, value }, index) => (
          <Group key={index} gap={6} wrap="nowrap">
            <TextInput
              size="xs"
              flex={1}
              aria-label={t('attribute.choiceJa', { number: index + 1 })}
              placeholder={t('name.ja')}
              disabled={!onChange}
              value={label.ja || (index < kept ? value : '')}
              onChange={(event) => set(index, { ...label, ja: event.currentTarget.value }, index >= kept)}
            />
            <TextInput
              size="xs"
              flex={1}
              aria-label={t('attribute.choiceEn', { number: index + 1 })}
              placeholder={t('name.en')}
              disabled={!onChange}
              value={label.en}
              onChange={(event) => set(index, { ...label, en: event.currentTarget.value }, index >= kept)}
            />
            {onChange && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('attribute.removeChoice', { number: index + 1 })}
                onClick={() => onChange(choices.filter((_choice, at) => at !== index))}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
          </Group>
        ))}
        {onChange && (
          <div>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => onChange([...choices, { value: '', label: { en: '', ja: '' } }])}
            >
              {t('attribute.addChoice')}
            </Button>
          </div>
        )}
      </Stack>
    </div>
  );
}

function DeleteButton({ attribute, onDone }: { attribute: Attribute; onDone: () => void }) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const format = useFormat();
  const { remove } = useAttributeDeeds();
  const ask = () =>
    confirm({
      title: t('attribute.deleteTitle', { name: attribute.name[language] }),
      children: t('attribute.deleteDetail', { formatted: format.number(attribute.used_by) }),
      confirmLabel: t('attribute.delete'),
      danger: true,
      onConfirm: () => carryOut(remove, attribute.key, { onSuccess: onDone, onError: showProblem }),
    });
  return (
    <Button variant="default" c="var(--mantine-color-error)" loading={remove.isPending} onClick={ask}>
      {t('attribute.delete')}
    </Button>
  );
}
