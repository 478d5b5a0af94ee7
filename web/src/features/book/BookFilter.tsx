import { Button, Group, Indicator } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { countRules, type Condition, type FilterField } from '../../components/filter/condition';
import { FilterBuilder } from '../../components/filter/FilterBuilder';
import { SearchInput } from '../../components/SearchInput';
import { useShortcut } from '../../lib/shortcuts';
import classes from './Book.module.css';

interface BookFilterProps {
  q: string | undefined;
  onQ: (q: string | undefined) => void;
  fields: readonly FilterField[];
  value: Condition;
  onChange: (value: Condition) => void;
  opened: boolean;
  onToggle: () => void;
  /** Something narrows the list: then the way back to all of it is one click. */
  isNarrowed: boolean;
  onClear: () => void;
  /** A way to keep the filter as a segment. */
  asSegment?: ReactNode;
}

/** Search, and the filter that unfolds below it. */
export function BookFilter({
  q,
  onQ,
  fields,
  value,
  onChange,
  opened,
  onToggle,
  isNarrowed,
  onClear,
  asSegment,
}: BookFilterProps) {
  const { t } = useTranslation('book');
  const count = useMemo(() => countRules(value), [value]);
  useShortcut({ key: 'f', label: t('filter.key'), group: t('common:keys.list') }, onToggle);
  return (
    <>
      <div className={classes.search}>
        <SearchInput value={q} onChange={onQ} label={t('search')} width_px={260} />
      </div>
      <Indicator label={count} size={16} disabled={count === 0} zIndex={4}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFilter size={15} stroke={1.6} />}
          aria-expanded={opened}
          onClick={onToggle}
        >
          {t('filter.open')}
        </Button>
      </Indicator>
      {isNarrowed && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          ml={4}
          leftSection={<IconX size={14} stroke={1.6} />}
          onClick={onClear}
        >
          {t('filter.clear')}
        </Button>
      )}
      {opened && (
        <div className={classes.filter}>
          <FilterBuilder fields={fields} value={value} onChange={onChange} />
          <Group justify="flex-end" mt={8}>
            {asSegment}
            <Button size="compact-sm" variant="subtle" color="gray" onClick={onToggle}>
              {t('filter.close')}
            </Button>
          </Group>
        </div>
      )}
    </>
  );
}
