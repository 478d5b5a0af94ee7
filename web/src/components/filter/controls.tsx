// react-querybuilder's parts in our own dress.
import { ActionIcon, Button, SegmentedControl, Select, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type {
  ActionProps,
  CombinatorSelectorProps,
  ControlElementsProp,
  FieldSelectorProps,
  FullField,
  OperatorSelectorProps,
  ValueEditorProps,
} from 'react-querybuilder';
import { type FilterField } from './condition';
import { ValueInput } from './ValueInput';

interface Item {
  value: string;
  label: string;
}

interface Option {
  name?: string;
  value?: string;
  label: string;
}

/** react-querybuilder's options, flat or under headings, as Mantine's select takes them. */
function selectData(
  options: readonly (Option | { label: string; options: readonly Option[] })[],
): (Item | { group: string; items: Item[] })[] {
  const item = ({ name, value, label }: Option) => ({ value: value ?? name ?? '', label });
  return options.flatMap((option): (Item | { group: string; items: Item[] })[] => {
    if (!('options' in option)) return [item(option)];
    const items = option.options.map(item);
    return option.label === '' ? items : [{ group: option.label, items }];
  });
}

function FieldSelect({ options, value, handleOnChange, disabled }: FieldSelectorProps) {
  const { t } = useTranslation('common');
  return (
    <Select
      size="xs"
      w={200}
      searchable
      allowDeselect={false}
      aria-label={t('filter.field')}
      data={selectData(options as Option[])}
      value={value}
      disabled={disabled}
      onChange={(next) => next && handleOnChange(next)}
      comboboxProps={{ width: 280, position: 'bottom-start', withinPortal: true }}
    />
  );
}

function OperatorSelect({ options, value, handleOnChange, disabled }: OperatorSelectorProps) {
  const { t } = useTranslation('common');
  return (
    <Select
      size="xs"
      w={168}
      allowDeselect={false}
      aria-label={t('filter.operator')}
      data={selectData(options as Option[])}
      value={value}
      disabled={disabled}
      onChange={(next) => next && handleOnChange(next)}
      comboboxProps={{ width: 220, position: 'bottom-start', withinPortal: true }}
    />
  );
}

function CombinatorSwitch({ options, value, handleOnChange, disabled }: CombinatorSelectorProps) {
  return (
    <SegmentedControl
      size="xs"
      data={selectData(options as Option[]) as Item[]}
      value={value}
      disabled={disabled}
      onChange={handleOnChange}
    />
  );
}

function AddRule({ handleOnClick, disabled }: ActionProps) {
  const { t } = useTranslation('common');
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconPlus size={14} />}
      disabled={disabled}
      onClick={(event) => handleOnClick(event)}
    >
      {t('filter.add')}
    </Button>
  );
}

function AddGroup({ handleOnClick, disabled }: ActionProps) {
  const { t } = useTranslation('common');
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      disabled={disabled}
      onClick={(event) => handleOnClick(event)}
    >
      {t('filter.addGroup')}
    </Button>
  );
}

function Remove({ handleOnClick, label }: Pick<ActionProps, 'handleOnClick'> & { label: string }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={28} variant="subtle" color="gray" aria-label={label} onClick={(event) => handleOnClick(event)}>
        <IconTrash size={15} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

function RemoveRule({ handleOnClick }: ActionProps) {
  const { t } = useTranslation('common');
  return <Remove handleOnClick={handleOnClick} label={t('filter.remove')} />;
}

function RemoveGroup({ handleOnClick }: ActionProps) {
  const { t } = useTranslation('common');
  return <Remove handleOnClick={handleOnClick} label={t('filter.removeGroup')} />;
}

function Value({ fieldData, operator, value, handleOnChange, disabled }: ValueEditorProps) {
  return (
    <ValueInput
      field={fieldData as FullField & FilterField}
      operator={operator}
      value={value}
      onChange={handleOnChange}
      disabled={disabled}
    />
  );
}

export const controlElements: ControlElementsProp<FullField, string> = {
  fieldSelector: FieldSelect,
  operatorSelector: OperatorSelect,
  combinatorSelector: CombinatorSwitch,
  valueEditor: Value,
  addRuleAction: AddRule,
  addGroupAction: AddGroup,
  removeRuleAction: RemoveRule,
  removeGroupAction: RemoveGroup,
};
