import { Skeleton, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { emptyCondition, type Condition, type FilterField } from '../filter/condition';
import { FilterBuilder } from '../filter/FilterBuilder';
import { sameCondition, sendable } from './sendable';
import classes from './Rules.module.css';

interface ConditionInputProps {
  label: string;
  description?: ReactNode;
  /** Undefined until they are here. */
  fields: readonly FilterField[] | undefined;
  /** Null: none. */
  value: Condition | null | undefined;
  /** Told only of what is complete; null where nothing is left. */
  onChange: (value: Condition | null) => void;
  readOnly?: boolean;
  error?: ReactNode;
}

/** A condition of a definition. What somebody is still filling in stays here until it says something. */
export function ConditionInput({ label, description, fields, value, onChange, readOnly, error }: ConditionInputProps) {
  const given = value ?? null;
  const [shown, setShown] = useState(given);
  const [last, setLast] = useState(given);
  // The value changed from outside, as by an undo: what is shown follows.
  if (!sameCondition(last, given)) {
    setLast(given);
    if (!fields || !sameCondition(sendable(shown, fields), given)) setShown(given);
  }
  const change = (next: Condition) => {
    setShown(next);
    if (!fields) return;
    const complete = sendable(next, fields);
    if (sameCondition(complete, given)) return;
    setLast(complete);
    onChange(complete);
  };
  return (
    <fieldset className={classes.fieldset} disabled={readOnly}>
      <Text component="legend" fz="sm" fw={500} p={0} mb={2}>
        {label}
      </Text>
      {description && (
        <Text fz="xs" c="dimmed" mb={6}>
          {description}
        </Text>
      )}
      {fields ? (
        <FilterBuilder fields={fields} value={shown ?? emptyCondition} onChange={change} />
      ) : (
        <Skeleton height={72} />
      )}
      {error && (
        <Text fz="xs" c="red" mt={4} role="alert">
          {error}
        </Text>
      )}
    </fieldset>
  );
}
