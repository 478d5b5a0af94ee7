import { Alert, Button, Group, Skeleton, Text, TextInput } from '@mantine/core';
import { IconClipboardText, IconCoins } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useFormat, useViewer } from '../../../lib/viewer';
import { addMonths, monthOf } from '../periods';
import { ratesQuery, type Rate, type Rates } from '../../../api/contracts';
import { useRevenueDeeds } from '../revenue';
import classes from './Mend.module.css';
import { PasteRates } from './PasteRates';
import { isCurrency, isRate, rateKey, ratesOf, rateTable, type RateTable } from './rates';

/** Exchange rates into the reporting currency, by month; edited in place or brought over from a spreadsheet. */
export function RatesTab() {
  const rates = useQuery(ratesQuery);
  if (rates.isPending) return <Skeleton height={300} />;
  if (rates.isError) return <ErrorState error={rates.error} onRetry={() => void rates.refetch()} />;
  return <RatesEditor key={rates.dataUpdatedAt} rates={rates.data} />;
}

const months_back = 24;

function RatesEditor({ rates }: { rates: Rates }) {
  const { t } = useTranslation('revenue');
  const { role, bookDay } = useViewer();
  const mayEdit = role === 'admin';
  const { setRates } = useRevenueDeeds();
  const saved = useMemo(() => rateTable(rates.items), [rates]);
  const [table, setTable] = useState<RateTable>(saved);
  const [added, setAdded] = useState<string[]>([]);
  const [isPasting, setPasting] = useState(false);
  const items = useMemo(() => ratesOf(table), [table]);
  const currencies = [...new Set([...rates.items, ...items].map(({ currency }) => currency).concat(added))].sort();
  const months = useMonths([...rates.items, ...items], bookDay);
  const faults = [...table.values()].filter((rate) => rate.trim() !== '' && !isRate(rate)).length;
  const isChanged = JSON.stringify(items) !== JSON.stringify(ratesOf(saved));
  const set = (currency: string, month: string | null, rate: string) =>
    setTable(new Map(table).set(rateKey(currency, month), rate));
  const take = (pasted: Rate[]) => setTable(new Map([...table, ...rateTable(pasted)]));
  const save = () =>
    carryOut(setRates, items, {
      onSuccess: () =>
        showToast(t('rates.saved'), () =>
          carryOut(setRates, rates.items, { onSuccess: () => showToast(t('rates.undone')) }),
        ),
    });
  return (
    <>
      <Group justify="space-between" mb="sm" gap={8}>
        <Text fz="sm" c="dimmed" maw={640}>
          {t('rates.help', { currency: rates.reporting_currency })}
        </Text>
        {mayEdit && (
          <Group gap={8}>
            <AddCurrency
              known={[...currencies, rates.reporting_currency]}
              onAdd={(currency) => setAdded([...added, currency])}
            />
            <Button
              size="sm"
              variant="default"
              leftSection={<IconClipboardText size={16} stroke={1.6} />}
              onClick={() => setPasting(true)}
            >
              {t('rates.paste')}
            </Button>
          </Group>
        )}
      </Group>
      {!mayEdit && (
        <Alert variant="default" mb="sm" py={6}>
          {t('rates.forAdmins')}
        </Alert>
      )}
      {currencies.length === 0 ? (
        <EmptyState icon={IconCoins} title={t('rates.none')}>
          {t('rates.noneHelp', { currency: rates.reporting_currency })}
        </EmptyState>
      ) : (
        <RatesGrid
          currencies={currencies}
          months={months}
          table={table}
          reporting={rates.reporting_currency}
          onChange={mayEdit ? set : undefined}
        />
      )}
      {setRates.isError && <ErrorState error={setRates.error} />}
      {mayEdit && (isChanged || faults > 0) && (
        <Group mt="md" gap={8}>
          <Button onClick={save} disabled={faults > 0} loading={setRates.isPending}>
            {t('rates.save')}
          </Button>
          <Button variant="default" onClick={() => setTable(saved)}>
            {t('rules.revert')}
          </Button>
          {faults > 0 && (
            <Text fz="sm" c="red">
              {t('rates.faults', { count: faults })}
            </Text>
          )}
        </Group>
      )}
      <PasteRates opened={isPasting} onClose={() => setPasting(false)} onTake={take} />
    </>
  );
}

/** Two years back from now, and every other month that has a rate; newest first. */
function useMonths(items: readonly Rate[], bookDay: string): string[] {
  return useMemo(() => {
    const present = monthOf(bookDay);
    const recent = Array.from({ length: months_back }, (_, back) => addMonths(present, -back));
    const known = items.flatMap(({ month }) => (month ? [monthOf(month)] : []));
    return [...new Set([...recent, ...known])].sort().toReversed();
  }, [items, bookDay]);
}

interface RatesGridProps {
  currencies: string[];
  months: string[];
  table: RateTable;
  reporting: string;
  onChange: ((currency: string, month: string | null, rate: string) => void) | undefined;
}

function RatesGrid({ currencies, months, table, reporting, onChange }: RatesGridProps) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const lines = [
    { month: null, name: t('rates.always') },
    ...months.map((month) => ({ month, name: format.month(month) })),
  ];
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('mend.tab.rates')}>
      <table className={classes.table} data-columns="rates">
        <thead>
          <tr>
            <th scope="col">{t('table.month')}</th>
            {currencies.map((currency) => (
              <th key={currency} scope="col" data-align="right">
                {t('rates.oneIn', { currency, reporting })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ month, name }) => (
            <tr key={month ?? 'always'}>
              <th scope="row">{name}</th>
              {currencies.map((currency) => {
                const rate = table.get(rateKey(currency, month)) ?? '';
                return (
                  <td key={currency} data-align="right">
                    {onChange ? (
                      <TextInput
                        size="xs"
                        inputMode="decimal"
                        aria-label={`${currency} ${name}`}
                        placeholder={month === null ? undefined : table.get(rateKey(currency, null))}
                        error={rate.trim() !== '' && !isRate(rate)}
                        value={rate}
                        onChange={(event) => onChange(currency, month, event.currentTarget.value)}
                      />
                    ) : (
                      rate || '–'
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AddCurrency({ known, onAdd }: { known: string[]; onAdd: (currency: string) => void }) {
  const { t } = useTranslation('revenue');
  const [text, setText] = useState('');
  const code = text.trim().toUpperCase();
  const isNew = isCurrency(code) && !known.includes(code);
  const add = () => {
    if (!isNew) return;
    onAdd(code);
    setText('');
  };
  return (
    <Group gap={4} wrap="nowrap">
      <TextInput
        w={96}
        placeholder="USD"
        aria-label={t('rates.currency')}
        maxLength={3}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && add()}
      />
      <Button variant="default" disabled={!isNew} onClick={add}>
        {t('rates.add')}
      </Button>
    </Group>
  );
}
