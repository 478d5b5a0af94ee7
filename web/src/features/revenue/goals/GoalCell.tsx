import { Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { majorUnits } from '../../../lib/format/money';
import type { GoalKey, GoalProgress } from '../types';
import { GoalBar } from './GoalBar';
import classes from './Goals.module.css';
import { parseAmount, parseShare } from './parse-goal';
import { useGoalFormat } from './use-goal-format';

interface GoalCellProps {
  goalKey: GoalKey;
  /** Quarter and goal in words, for those who do not see the table. */
  label: string;
  value: number | null;
  currency: string;
  progress: GoalProgress | undefined;
  mayEdit: boolean;
  onSave: (value: number | null) => void;
}

const mostShare: Partial<Record<GoalKey, number>> = { nrr: 5, grr: 1 };

/** A goal that is edited where it stands, and below it how much of it is there. */
export function GoalCell({ goalKey, label, value, currency, progress, mayEdit, onSave }: GoalCellProps) {
  const { t } = useTranslation('revenue');
  const [isEditing, setEditing] = useState(false);
  const say = useGoalFormat(currency);
  const most = mostShare[goalKey];
  const unit = most === undefined ? 'money' : 'share';
  if (isEditing)
    return (
      <GoalInput
        label={label}
        initial={value === null ? '' : plain(value, unit, currency)}
        parse={(text) => (most === undefined ? parseAmount(text, currency) : parseShare(text, most))}
        fault={t(`goals.fault.${unit === 'money' ? 'amount' : goalKey}`)}
        onDone={(next) => {
          setEditing(false);
          if (next !== undefined && next !== value) onSave(next);
        }}
      />
    );
  const text = value === null ? t('goals.unset') : say({ unit }, value);
  const shown = <span className={value === null ? classes.unset : undefined}>{text}</span>;
  return (
    <div className={classes.cell}>
      {mayEdit ? (
        <UnstyledButton
          className={classes.edit}
          aria-label={t('goals.edit', { goal: label, value: text })}
          onClick={() => setEditing(true)}
        >
          {shown}
        </UnstyledButton>
      ) : (
        shown
      )}
      {progress && (
        <>
          <GoalBar goal={progress} />
          <Text fz="xs" c="dimmed" className="tabular">
            {t('goals.actual', { actual: say(progress, progress.actual) })}
            {progress.reached && <IconCheck size={13} stroke={2.2} aria-label={t('goals.reached')} />}
          </Text>
        </>
      )}
    </div>
  );
}

/** As it is typed again: without the words that make a figure short. */
function plain(value: number, unit: 'money' | 'share', currency: string): string {
  return unit === 'share'
    ? `${Math.round(value * 1e6) / 1e4}%`
    : new Intl.NumberFormat('en').format(majorUnits({ amount_minor: value, currency }));
}

interface GoalInputProps {
  label: string;
  initial: string;
  parse: (text: string) => number | undefined;
  fault: string;
  /** Null takes the goal away; undefined leaves it as it was. */
  onDone: (value: number | null | undefined) => void;
}

function GoalInput({ label, initial, parse, fault, onDone }: GoalInputProps) {
  const [text, setText] = useState(initial);
  const [isFaulty, setFaulty] = useState(false);
  // Leaving the field ends the editing, and so does Enter, which takes the field away: only the first counts.
  const isDone = useRef(false);
  const end = (value: number | null | undefined) => {
    if (isDone.current) return;
    isDone.current = true;
    onDone(value);
  };
  const finish = () => {
    if (text === initial) return end(undefined);
    const value = text.trim() === '' ? null : parse(text);
    if (value === undefined) setFaulty(true);
    else end(value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') finish();
    else if (event.key === 'Escape') end(undefined);
  };
  return (
    <TextInput
      size="xs"
      autoFocus
      aria-label={label}
      value={text}
      error={isFaulty && fault}
      onChange={(event) => {
        setText(event.currentTarget.value);
        setFaulty(false);
      }}
      onKeyDown={onKeyDown}
      onBlur={finish}
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}
