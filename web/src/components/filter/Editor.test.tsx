import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { beforeAll, expect, it, vi } from 'vitest';
import texts from '../locale/en.json';
import type { Condition, FilterField } from './condition';
import Editor from './Editor';

const fields: FilterField[] = [{ name: 'created', label: 'Customer since', type: 'day' }];
const condition: Condition = {
  combinator: 'and',
  rules: [{ field: 'created', operator: 'withinDays', value: { days: 120, direction: 'last' } }],
};

beforeAll(() => i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { common: texts } } }));

it('changes nothing by being shown, and something once somebody changes it', async () => {
  const change = vi.fn<(next: Condition) => void>();
  render(
    <MantineProvider env="test">
      <Editor fields={fields} value={condition} onChange={change} />
    </MantineProvider>,
  );
  expect(change).not.toHaveBeenCalled();
  await userEvent.click(screen.getByText(texts.filter.next));
  expect(change).toHaveBeenCalledOnce();
  expect(change.mock.lastCall?.[0].rules).toMatchObject([
    { field: 'created', value: { days: 120, direction: 'next' } },
  ]);
});
