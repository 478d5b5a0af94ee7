import { Button, Group, NumberInput, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from '@tanstack/react-router';
import { ErrorState } from '../../components/ErrorState';
import { showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { minorDigits } from '../../lib/format/money';
import { useFormat, useLanguage, useMayDefine } from '../../lib/viewer';
import { Absences } from './Absences';
import { LoadBar } from './LoadBar';
import { useOrgDeeds } from './requests';
import type { PersonLoad } from './types';
import classes from './Org.module.css';

/** What one person carries and can carry, and when they are away. */
export function PersonPanel({ person }: { person: PersonLoad }) {
  const { t } = useTranslation('org');
  const language = useLanguage();
  const format = useFormat();
  return (
    <Stack gap="lg">
      <div>
        <Group justify="space-between" mb={6}>
          <Text fz="sm">
            {t('loadLine', {
              count: person.load.accounts,
              formatted: format.number(person.load.accounts),
              arr: format.money(person.load.arr),
              effort: format.number(person.load.effort, 0),
            })}
          </Text>
          <LoadBar share={person.share} />
        </Group>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('column.model')}</th>
              <th scope="col">{t('column.accounts')}</th>
              <th scope="col">{t('column.effort')}</th>
            </tr>
          </thead>
          <tbody>
            {person.by_model.map((part) => (
              <tr key={part.key ?? ''}>
                <th scope="row">{part.name[language]}</th>
                <td>{format.number(part.accounts)}</td>
                <td>{format.number(part.effort, 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <Text fz="sm" mt={8}>
          <Link
            to="/book"
            search={{
              filter: {
                combinator: 'and',
                rules: [{ field: 'owner', operator: 'in', value: [String(person.user.id)] }],
              },
            }}
          >
            {t('toBook')}
          </Link>
        </Text>
      </div>
      <CapacityForm person={person} />
      <Absences user={person.user} />
    </Stack>
  );
}

const asNumber = (value: number | string) => (typeof value === 'number' ? value : null);

function CapacityForm({ person }: { person: PersonLoad }) {
  const { t } = useTranslation('org');
  const mayDefine = useMayDefine();
  const { saveCapacity } = useOrgDeeds();
  const [capacity, setCapacity] = useState(person.capacity);
  const { currency } = person.load.arr;
  const unit = 10 ** minorDigits(currency);
  const isChanged = JSON.stringify(capacity) !== JSON.stringify(person.capacity);
  const input = { min: 0, disabled: !mayDefine, placeholder: t('noLimit'), thousandSeparator: ',' } as const;
  return (
    <div>
      <Title order={3} mb={4}>
        {t('capacity')}
      </Title>
      <Text fz="xs" c="dimmed" mb={8}>
        {t('capacityHelp')}
      </Text>
      <div className={classes.triple}>
        <NumberInput
          label={t('column.accounts')}
          allowDecimal={false}
          value={capacity.accounts ?? ''}
          onChange={(value) => setCapacity({ ...capacity, accounts: asNumber(value) })}
          {...input}
        />
        <NumberInput
          label={`ARR (${currency})`}
          value={capacity.arr_minor === null ? '' : capacity.arr_minor / unit}
          onChange={(value) => {
            const amount = asNumber(value);
            setCapacity({ ...capacity, arr_minor: amount === null ? null : Math.round(amount * unit) });
          }}
          {...input}
        />
        <NumberInput
          label={t('column.effort')}
          value={capacity.effort ?? ''}
          onChange={(value) => setCapacity({ ...capacity, effort: asNumber(value) })}
          {...input}
        />
      </div>
      {saveCapacity.isError && <ErrorState error={saveCapacity.error} />}
      {mayDefine && (
        <Group justify="flex-end" mt={8}>
          <Button
            size="xs"
            disabled={!isChanged}
            loading={saveCapacity.isPending}
            onClick={() =>
              carryOut(
                saveCapacity,
                { user: person.user.id, capacity },
                { onSuccess: () => showToast(t('capacitySaved', { name: person.user.name })) },
              )
            }
          >
            {t('common:save')}
          </Button>
        </Group>
      )}
    </div>
  );
}
