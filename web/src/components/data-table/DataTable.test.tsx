import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import i18next from 'i18next';
import { useState } from 'react';
import { initReactI18next } from 'react-i18next';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createQueryClient } from '../../api/query';
import type { Sort } from '../../lib/search-params';
import texts from '../locale/en.json';
import { DataTable } from './DataTable';
import type { DataColumn, RowSource } from './types';
import { sortRows, windowsOf } from './use-rows';

interface Account {
  id: string;
  name: string;
  score: number | null;
}

const columns: DataColumn<Account>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name, sortable: true, sortValue: ({ name }) => name },
  {
    id: 'score',
    header: 'Score',
    cell: ({ score }) => score,
    align: 'right',
    sortable: true,
    sortValue: ({ score }) => score,
  },
  { id: 'plan', header: 'Plan', cell: () => 'Pro', hiddenAtFirst: true },
];
const accounts: Account[] = [
  { id: 'a', name: 'Aozora', score: 40 },
  { id: 'b', name: 'Birch', score: null },
  { id: 'c', name: 'Cedar', score: 90 },
];

beforeAll(() =>
  i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { common: texts } }, defaultNS: 'common' }),
);
// jsdom has no layout; the virtual list needs to know how tall its window is.
beforeAll(() => {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 800 });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 1000 });
});
beforeEach(() => localStorage.clear());

interface Spies {
  onOpen?: (row: Account) => void;
  onSelect?: (ids: string[]) => void;
}

function Example({ source, onOpen, onSelect }: { source: RowSource<Account> } & Spies) {
  const [sort, setSort] = useState<Sort>();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  return (
    <DataTable
      id="example"
      label="Accounts"
      columns={columns}
      source={source}
      rowId={({ id }) => id}
      rowLabel={({ name }) => name}
      sort={sort}
      onSortChange={setSort}
      selected={selected}
      onSelectedChange={(next) => {
        setSelected(next);
        onSelect?.([...next]);
      }}
      onOpen={onOpen}
      empty={<p>Nothing yet</p>}
    />
  );
}

function show(source: RowSource<Account>, spies: Spies = {}) {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider>
        <Example source={source} {...spies} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

function namesShown(): string[] {
  const rows = screen.getAllByRole('row').slice(1);
  return rows.map((row) => within(row).getAllByRole('cell')[1]!.textContent);
}

describe('windows', () => {
  it('touches only the windows that are looked at', () => {
    expect(windowsOf(0, 40)).toEqual([0]);
    expect(windowsOf(90, 130)).toEqual([0, 1]);
    expect(windowsOf(49_990, 50_020)).toEqual([499, 500]);
  });
});

describe('sorting rows that are here', () => {
  it('puts what is not known last in both directions', () => {
    expect(sortRows(accounts, columns, [{ column: 'score', direction: 'asc' }]).map(({ id }) => id)).toEqual([
      'a',
      'c',
      'b',
    ]);
    expect(sortRows(accounts, columns, [{ column: 'score', direction: 'desc' }]).map(({ id }) => id)).toEqual([
      'c',
      'a',
      'b',
    ]);
  });
});

describe('the table', () => {
  it('sorts numbers from the largest and names from the first', async () => {
    const user = show({ rows: accounts });
    await user.click(screen.getByRole('button', { name: 'Score' }));
    expect(namesShown()).toEqual(['Cedar', 'Aozora', 'Birch']);
    expect(screen.getByRole('columnheader', { name: 'Score' })).toHaveAttribute('aria-sort', 'descending');
    await user.click(screen.getByRole('button', { name: 'Name' }));
    expect(namesShown()).toEqual(['Aozora', 'Birch', 'Cedar']);
  });

  it('is driven by j, k, x and Enter', async () => {
    const onOpen = vi.fn();
    const onSelect = vi.fn();
    const user = show({ rows: accounts }, { onOpen, onSelect });
    await user.keyboard('jjj');
    await waitFor(() => expect(screen.getAllByRole('row')[3]).toHaveFocus());
    await user.keyboard('kx');
    expect(onSelect).toHaveBeenLastCalledWith(['b']);
    expect(screen.getByRole('status')).toHaveTextContent('1 selected');
    await user.keyboard('{Enter}');
    expect(onOpen).toHaveBeenCalledWith(accounts[1]);
  });

  it('selects a stretch of rows with Shift', async () => {
    const onSelect = vi.fn();
    const user = show({ rows: accounts }, { onSelect });
    await user.click(screen.getByRole('checkbox', { name: 'Select Aozora' }));
    await user.keyboard('{Shift>}');
    await user.click(screen.getByRole('checkbox', { name: 'Select Cedar' }));
    await user.keyboard('{/Shift}');
    expect(onSelect).toHaveBeenLastCalledWith(['a', 'b', 'c']);
  });

  it('fetches the window on the screen and says how many there are', async () => {
    const fetchWindow = vi.fn(async ({ offset, limit }: { offset: number; limit: number }) => ({
      items: Array.from({ length: limit }, (_, at) => ({
        id: String(offset + at),
        name: `Account ${offset + at}`,
        score: at,
      })),
      total: 100_000,
    }));
    show({ queryKey: ['example'], fetchWindow });
    expect(await screen.findByText('Account 0')).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent('100,000 in all');
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '100001');
    expect(fetchWindow.mock.calls.map(([{ offset, limit }]) => [offset, limit])).toEqual([[0, 100]]);
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
  });

  it('says what went wrong and tries again', async () => {
    let isBroken = true;
    const user = show({
      queryKey: ['broken'],
      fetchWindow: async () => {
        if (isBroken) throw new Error('broken');
        return { items: accounts, total: accounts.length };
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent('This page ran into a problem');
    isBroken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Cedar')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('shows and remembers chosen columns', async () => {
    const user = show({ rows: accounts });
    expect(screen.queryByRole('columnheader', { name: 'Plan' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Columns' }));
    await user.click(await screen.findByRole('checkbox', { name: 'Plan' }));
    expect(screen.getByRole('columnheader', { name: 'Plan' })).toBeInTheDocument();
    expect(JSON.parse(localStorage.getItem('banso.columns.example')!)).toMatchObject({ visibility: { plan: true } });
  });

  it('teaches the next step where there is nothing', () => {
    show({ rows: [] });
    expect(screen.getByText('Nothing yet')).toBeVisible();
  });
});
