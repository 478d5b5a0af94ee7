import { Button, Chip, Group, Select } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconFilter, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { callKinds, callSeverities, type CallCounts } from '../../api/work';
import { SearchInput } from '../../components/SearchInput';
import { useFormat } from '../../lib/viewer';
import classes from './Cockpit.module.css';
import { chosen, isNarrowed, toggled } from './question';
import { dueChoices, statusChoices } from './search';
import { useCockpit } from './use-cockpit';

interface NarrowingProps {
  counts: CallCounts | undefined;
  /** The columns of the board are the statuses. */
  withStatus: boolean;
}

/** Words, status, due day, and by kind and severity with how many there are of each. */
export function Narrowing({ counts, withStatus }: NarrowingProps) {
  const { t } = useTranslation('cockpit');
  const { search, change } = useCockpit();
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false }) ?? false;
  const [unfolded, { toggle }] = useDisclosure(false);
  return (
    <Group gap="sm" mb={12}>
      <SearchInput value={search.q} onChange={(q) => change({ q })} label={t('search')} width_px={220} />
      {isPhone && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFilter size={15} stroke={1.6} />}
          aria-expanded={unfolded}
          onClick={toggle}
        >
          {t('narrow')}
        </Button>
      )}
      {(!isPhone || unfolded) && <Choices counts={counts} withStatus={withStatus} />}
      {isNarrowed(search) && <NarrowNothing />}
    </Group>
  );
}

function Choices({ counts, withStatus }: NarrowingProps) {
  const { t } = useTranslation('cockpit');
  const format = useFormat();
  const { search, change } = useCockpit();
  const kinds = callKinds.filter(
    (kind) => (counts?.kind[kind] ?? 0) > 0 || chosen(search.kind, callKinds).includes(kind),
  );
  return (
    <>
      {withStatus && (
        <Select
          size="xs"
          w={170}
          aria-label={t('column.status')}
          allowDeselect={false}
          data={[
            { value: 'active', label: t('statusActive') },
            ...statusChoices.map((value) => ({
              value,
              label: value === 'all' ? t('statusAll') : t(`calls:status.${value}`),
            })),
          ]}
          value={search.status ?? 'active'}
          onChange={(status) => change({ status: statusChoices.find((each) => each === status) })}
        />
      )}
      <Select
        size="xs"
        w={150}
        aria-label={t('column.due')}
        allowDeselect={false}
        data={[
          { value: 'any', label: t('due.any') },
          ...dueChoices.map((value) => ({ value, label: t(`due.${value}`) })),
        ]}
        value={search.day ? null : (search.due ?? 'any')}
        placeholder={search.day && format.dayShort(search.day)}
        onChange={(due) => change({ due: dueChoices.find((each) => each === due), day: undefined })}
      />
      <Select
        size="xs"
        w={130}
        aria-label={t('calls:field.severity')}
        allowDeselect={false}
        data={[
          { value: 'any', label: t('severityAny') },
          ...callSeverities.map((value) => ({
            value,
            label: `${t(`calls:severity.${value}`)} ${counts?.severity[value] ? format.number(counts.severity[value]) : ''}`,
          })),
        ]}
        value={search.severity ?? 'any'}
        onChange={(severity) => change({ severity: callSeverities.find((each) => each === severity) })}
      />
      <div className={classes.chips} role="group" aria-label={t('calls:field.kind')}>
        {kinds.map((kind) => (
          <Chip
            key={kind}
            size="xs"
            variant="outline"
            checked={chosen(search.kind, callKinds).includes(kind)}
            onChange={() => change({ kind: toggled(search.kind, callKinds, kind) })}
          >
            {t(`calls:kind.${kind}`)} <span className={classes.note}>{format.number(counts?.kind[kind] ?? 0)}</span>
          </Chip>
        ))}
      </div>
    </>
  );
}

const everything = {
  q: undefined,
  status: undefined,
  kind: undefined,
  severity: undefined,
  due: undefined,
  day: undefined,
} as const;

/** Takes every filter away. */
export function NarrowNothing() {
  const { t } = useTranslation('cockpit');
  const { change } = useCockpit();
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      leftSection={<IconX size={14} stroke={1.8} />}
      onClick={() => change(everything)}
    >
      {t('narrowNothing')}
    </Button>
  );
}
