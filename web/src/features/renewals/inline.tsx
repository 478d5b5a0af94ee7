// Editing in place: a value that becomes a field when it is clicked (or Enter is pressed on it), and a value again when
// Enter keeps it or Esc gives it up.
import { NumberInput, Select, TextInput, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { majorUnits, minorDigits, type MoneyAmount } from '../../lib/format/money';
import { CategoryBadge } from './Badges';
import classes from './Renewals.module.css';
import { categories, type Category } from './types';

interface InlineProps {
  label: string;
  shown: ReactNode;
  disabled: boolean;
  children: (done: () => void) => ReactNode;
}

/** Clicks and keys stay here: the row below would open the panel. */
function Inline({ label, shown, disabled, children }: InlineProps) {
  const [isEditing, setEditing] = useState(false);
  if (disabled) return <>{shown}</>;
  return (
    <div
      className={classes.inline}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setEditing(false);
        if (isEditing || event.key === 'Enter' || event.key === ' ') event.stopPropagation();
      }}
    >
      {isEditing ? (
        children(() => setEditing(false))
      ) : (
        <UnstyledButton className={classes.inlineValue} onClick={() => setEditing(true)}>
          <VisuallyHidden>{`${label}: `}</VisuallyHidden>
          {shown}
        </UnstyledButton>
      )}
    </div>
  );
}

export function InlineCategory({
  value,
  name,
  disabled,
  onChange,
}: {
  value: Category;
  name: string;
  disabled: boolean;
  onChange: (category: Category) => void;
}) {
  const { t } = useTranslation('renewals');
  return (
    <Inline label={t('edit.category', { name })} shown={<CategoryBadge category={value} />} disabled={disabled}>
      {(done) => (
        <Select
          aria-label={t('edit.category', { name })}
          size="xs"
          autoFocus
          defaultDropdownOpened
          allowDeselect={false}
          data={categories.map((category) => ({ value: category, label: t(`category.${category}`) }))}
          value={value}
          onChange={(next) => {
            if (next !== null && next !== value) onChange(next as Category);
            done();
          }}
          onBlur={done}
        />
      )}
    </Inline>
  );
}

function keepOnEnter(keep: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) keep();
  };
}

export function InlineAmount({
  value,
  label,
  shown,
  disabled,
  onChange,
}: {
  value: MoneyAmount;
  label: string;
  shown: ReactNode;
  disabled: boolean;
  onChange: (minor: number | null) => void;
}) {
  return (
    <Inline label={label} shown={shown} disabled={disabled}>
      {(done) => (
        <AmountField
          label={label}
          value={value}
          onKeep={(minor) => {
            onChange(minor);
            done();
          }}
          onCancel={done}
        />
      )}
    </Inline>
  );
}

function AmountField({
  label,
  value,
  onKeep,
  onCancel,
}: {
  label: string;
  value: MoneyAmount;
  onKeep: (minor: number | null) => void;
  onCancel: () => void;
}) {
  const [amount, setAmount] = useState<number | string>(majorUnits(value));
  const digits = minorDigits(value.currency);
  const keep = () => {
    if (amount === majorUnits(value)) return onCancel();
    onKeep(amount === '' ? null : Math.round(Number(amount) * 10 ** digits));
  };
  return (
    <NumberInput
      aria-label={label}
      size="xs"
      autoFocus
      hideControls
      thousandSeparator=","
      min={0}
      decimalScale={digits}
      value={amount}
      onChange={setAmount}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={keep}
      onKeyDown={keepOnEnter(keep)}
    />
  );
}

export function InlineText({
  value,
  label,
  shown,
  disabled,
  onChange,
}: {
  value: string;
  label: string;
  shown: ReactNode;
  disabled: boolean;
  onChange: (text: string) => void;
}) {
  return (
    <Inline label={label} shown={shown} disabled={disabled}>
      {(done) => (
        <TextInput
          aria-label={label}
          size="xs"
          autoFocus
          defaultValue={value}
          onBlur={(event) => {
            if (event.currentTarget.value !== value) onChange(event.currentTarget.value);
            done();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) event.currentTarget.blur();
          }}
        />
      )}
    </Inline>
  );
}
