import { Text } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryBuilder, type Classnames, type FullField, type RuleType } from 'react-querybuilder';
import { defaultValue, fitValues, operatorsOf, shapeOf, type Condition, type FilterField } from './condition';
import { controlElements } from './controls';
import classes from './Filter.module.css';
import type { FilterBuilderProps } from './FilterBuilder';

const controlClassnames: Partial<Classnames> = {
  queryBuilder: classes.builder,
  ruleGroup: classes.group,
  header: classes.header,
  body: classes.body,
  rule: classes.rule,
};

/** Fields under their headings, in the form that react-querybuilder takes. */
function fieldOptions(fields: readonly FilterField[]) {
  const groups = Map.groupBy(fields, ({ group }) => group ?? '');
  const option = (field: FilterField) => ({ ...field, value: field.name }) as FullField;
  return [...groups].map(([label, members]) => ({ label, options: members.map(option) }));
}

export default function Editor({ fields, value, onChange }: FilterBuilderProps) {
  const { t } = useTranslation('common');
  const options = useMemo(() => fieldOptions(fields), [fields]);
  const fieldOf = (name: string) => fields.find((field) => field.name === name);
  const operators = (name: string) => {
    const field = fieldOf(name);
    if (!field) return [];
    return operatorsOf(field).map((operator) => {
      const isDayWord = field.type === 'day' && ['=', '<', '<=', '>', '>='].includes(operator);
      const label = isDayWord ? t(`filter.dayOperators.${operator}`) : t(`filter.operators.${operator}`);
      return { name: operator, value: operator, label };
    });
  };
  const initialValue = (rule: RuleType) => defaultValue(shapeOf(fieldOf(rule.field)?.type ?? 'text', rule.operator));
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A landmark without a name: where a page holds several conditions, one could not tell them apart.
    box.current?.querySelector('[role="form"]')?.setAttribute('role', 'group');
  }, []);
  return (
    <div ref={box}>
      <QueryBuilder
        fields={options}
        query={value}
        onQueryChange={(next: Condition) => onChange(fitValues(next, fields))}
        // Else being shown counts as a change (the editor adds its ids), and a page would hold unsaved what nobody touched.
        enableMountQueryChange={false}
        getOperators={operators}
        getDefaultValue={initialValue}
        combinators={[
          { name: 'and', value: 'and', label: t('filter.all') },
          { name: 'or', value: 'or', label: t('filter.any') },
        ]}
        controlElements={controlElements}
        controlClassnames={controlClassnames}
        resetOnOperatorChange={false}
        addRuleToNewGroups
        maxLevels={4}
        suppressStandardClassnames
      />
      {value.rules.length === 0 && (
        <Text fz="sm" c="dimmed" mt={8}>
          {t('filter.empty')}
        </Text>
      )}
    </div>
  );
}
