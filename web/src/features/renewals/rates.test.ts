import { expect, test } from 'vitest';
import { asRate, countRate, firstDay, onTimeRate, ratesByPeriod, renewalRate } from './rates';
import type { RenewalRate, RenewalRates } from './types';

const yen = (amount_minor: number) => ({ amount_minor, currency: 'JPY' });

function counted(
  month: string,
  amounts: { due: number; onTime: number; late: number },
): RenewalRate & { month: string } {
  const { due, onTime, late } = amounts;
  return {
    month,
    due: 4,
    renewed: 3,
    on_time: 2,
    late: 1,
    lost: 1,
    due_amount: yen(due),
    renewed_amount: yen(onTime + late),
    on_time_amount: yen(onTime),
    expanded_amount: yen(7),
  };
}

const rates: RenewalRates = {
  from: '2026-04-01',
  to: '2026-11-22',
  total: counted('2026-04-01', { due: 1, onTime: 1, late: 0 }),
  months: [
    counted('2026-04-01', { due: 1000, onTime: 600, late: 200 }),
    counted('2026-06-01', { due: 3000, onTime: 3000, late: 0 }),
    counted('2026-11-01', { due: 500, onTime: 0, late: 500 }),
  ],
};

test('months in which nothing fell due are there too, and have no rate', () => {
  const months = ratesByPeriod(rates, 'month', 4);
  expect(months.map(({ period }) => period.slice(5, 7))).toEqual(['04', '05', '06', '07', '08', '09', '10', '11']);
  expect(months[1]).toMatchObject({ due: 0, due_minor: 0 });
  expect(renewalRate(months[1]!)).toBeNull();
  expect(months[0]).toMatchObject({ onTime_minor: 600, late_minor: 200, lost_minor: 200, expanded_minor: 7 });
  expect(renewalRate(months[0]!)).toBeCloseTo(0.8);
  expect(onTimeRate(months[7]!)).toBe(0);
});

test('quarters add up amounts before they divide', () => {
  const quarters = ratesByPeriod(rates, 'quarter', 4);
  expect(quarters.map(({ period }) => period)).toEqual(['2026-04-01', '2026-07-01', '2026-10-01']);
  expect(renewalRate(quarters[0]!)).toBeCloseTo(3800 / 4000);
  expect(countRate(quarters[0]!)).toBeCloseTo(6 / 8);
  expect(quarters[0]!.late).toBe(2);
});

test('quarters are those of the fiscal year', () => {
  expect(ratesByPeriod(rates, 'quarter', 3).map(({ period }) => period)).toEqual([
    '2026-03-01',
    '2026-06-01',
    '2026-09-01',
  ]);
});

test('a span ends with the running month or quarter', () => {
  expect(firstDay('year', 'month', '2026-11-22', 4)).toBe('2025-12-01');
  expect(firstDay('year', 'quarter', '2026-11-22', 4)).toBe('2026-01-01');
  expect(firstDay('two', 'quarter', '2026-11-22', 3)).toBe('2024-12-01');
});

test('a count of the server becomes parts that add up to what was due', () => {
  const { onTime_minor, late_minor, lost_minor, due_minor } = asRate('2026-04-01', rates.months[0]);
  expect(onTime_minor + late_minor + lost_minor).toBe(due_minor);
});
