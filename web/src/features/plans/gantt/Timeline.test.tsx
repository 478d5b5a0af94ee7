import { MantineProvider } from '@mantine/core';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { fireEvent, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import goalTexts from '../../../components/goals/locale/en.json';
import { noWords, type Action, type PlanDocument } from '../../../api/plans';
import ruleTexts from '../../../components/rules/locale/en.json';
import { emptyItem } from '../edit';
import { EditingProvider, type Editing } from '../editing';
import texts from '../locale/en.json';
import { planDocumentOf, emptyTemplate } from '../templates/body';
import { Timeline } from './Timeline';

const blank = planDocumentOf(emptyTemplate({ ja: '計画', en: 'Plan' }).document);

function action(key: string, start: string, due: string, ...depends_on: string[]): Action {
  return { ...emptyItem(blank, 'action'), key, name: { ...noWords, en: key }, start, due, depends_on };
}

const document: PlanDocument = {
  ...blank,
  actions: [action('first', '1970-01-02', '1970-01-11'), action('second', '1970-01-12', '1970-01-21', 'first')],
  milestones: [{ key: 'live', name: { ...noWords, en: 'live' }, goal: null, due: '1970-02-01', done_on: null }],
};

const change = vi.fn<Editing['change']>();

async function show(mayEdit = true, follows = true) {
  const editing: Editing = {
    document,
    change,
    mayEdit,
    isBusy: false,
    plan: null,
    today: '1970-01-01',
    people: [],
    contacts: [],
  };
  const root = createRootRoute({
    component: () => (
      <EditingProvider value={editing}>
        <Timeline zoom="weeks" follows={follows} />
      </EditingProvider>
    ),
  });
  const router = createRouter({ routeTree: root, history: createMemoryHistory() });
  render(
    <MantineProvider>
      <RouterProvider router={router as never} />
    </MantineProvider>,
  );
  return screen.findByRole('button', { name: /^first,/ });
}

beforeAll(async () => {
  vi.stubGlobal('scrollTo', vi.fn());
  await i18next.use(initReactI18next).init({
    lng: 'en',
    resources: { en: { plans: texts, goals: goalTexts, rules: ruleTexts } },
    interpolation: { escapeValue: false },
  });
});

beforeEach(() => change.mockClear());

const put = (key: string, start: string, due: string) => ({ op: 'put', kind: 'action', item: { key, start, due } });

describe('a bar of the timeline', () => {
  it('is moved by keys as one change, with what waits for it', async () => {
    const bar = await show();
    fireEvent.keyDown(bar, { key: 'ArrowRight', shiftKey: true });
    fireEvent.keyDown(bar, { key: 'ArrowLeft' });
    fireEvent.keyDown(bar, { key: '+' });
    expect(change).not.toHaveBeenCalled();
    expect(bar).toHaveAccessibleName(/day 7 to day 17/);
    fireEvent.blur(bar);
    expect(change).toHaveBeenCalledOnce();
    expect(change.mock.calls[0]![0]).toEqual([
      put('first', '1970-01-08', '1970-01-18'),
      put('second', '1970-01-19', '1970-01-28'),
    ]);
  });

  it('moves alone where that is wished, and not at all after Escape', async () => {
    const bar = await show(true, false);
    fireEvent.keyDown(bar, { key: 'ArrowRight' });
    fireEvent.keyDown(bar, { key: 'Escape' });
    fireEvent.blur(bar);
    expect(change).not.toHaveBeenCalled();
    fireEvent.keyDown(bar, { key: 'ArrowRight' });
    fireEvent.blur(bar);
    expect(change.mock.calls[0]![0]).toEqual([put('first', '1970-01-03', '1970-01-12')]);
  });

  it('leads to the other bars, milestones too, and those have no length', async () => {
    const bar = await show();
    bar.focus();
    fireEvent.keyDown(bar, { key: 'ArrowDown' });
    fireEvent.keyDown(screen.getByRole('button', { name: /^second,/ }), { key: 'ArrowDown' });
    const milestone = screen.getByRole('button', { name: /^Milestone live/ });
    expect(milestone).toHaveFocus();
    fireEvent.keyDown(milestone, { key: '+' });
    fireEvent.keyDown(milestone, { key: 'ArrowRight' });
    fireEvent.blur(milestone);
    expect(change.mock.calls).toHaveLength(1);
    expect(change.mock.calls[0]![0]).toEqual([
      { op: 'put', kind: 'milestone', item: { key: 'live', due: '1970-02-02' } },
    ]);
  });

  it('stays where it is for readers', async () => {
    const bar = await show(false);
    fireEvent.keyDown(bar, { key: 'ArrowRight' });
    fireEvent.blur(bar);
    expect(change).not.toHaveBeenCalled();
  });
});
