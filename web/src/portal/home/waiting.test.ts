import { expect, it } from 'vitest';
import type { Journey, Plans } from '../requests';
import { nextOfOurs, waitingFor } from './waiting';

const text = (ja: string) => ({ ja, en: ja });
const action = (key: string, more: object) => ({
  key,
  goal: '',
  name: text(key),
  owner_name: '',
  is_theirs: true,
  is_mine: false,
  start: null,
  due: null,
  done_on: null,
  is_late: false,
  after: [],
  comments: [],
  ...more,
});
const goal = (key: string, confirmation: 'asked' | 'confirmed') => ({
  key,
  name: text(key),
  why: text(''),
  criterion: text(''),
  unit: '',
  kind: 'yes_no' as const,
  baseline: null,
  target: null,
  current: null,
  due: null,
  status: 'on_track' as const,
  progress: null,
  confirmation,
  takes_figures: false,
  readings: [],
  comments: [],
});
const plan = {
  id: 7,
  name: text('計画'),
  purpose: text(''),
  state: 'sent' as const,
  sent_on: null,
  waits_for_confirmation: true,
  goals: [goal('agreed', 'confirmed'), goal('asked', 'asked')],
  actions: [
    action('later', { due: '2026-12-01' }),
    action('sooner', { due: '2026-11-01' }),
    action('mine', { due: '2026-12-24', is_mine: true }),
    action('ours', { is_theirs: false }),
    action('done', { done_on: '2026-10-01' }),
  ],
  milestones: [],
};
const plans = { as_of: '2026-11-22', items: [plan] } satisfies Plans;
const milestone = (key: string, more: object = {}) => ({
  key,
  name: text(key),
  is_required: true,
  reached_on: null,
  confirmed_on: null,
  can_confirm: true,
  ...more,
});
const journey = {
  name: text('道'),
  current: 'use',
  proven: null,
  confirmed: null,
  arrived: false,
  since: null,
  expected_until: null,
  my_feeling: null,
  stages: [
    {
      key: 'use',
      name: text('使う'),
      outcome: text(''),
      state: 'current' as const,
      milestones: [
        milestone('open'),
        milestone('told', { confirmed_on: '2026-11-01' }),
        milestone('data', { can_confirm: false }),
      ],
    },
    { key: 'value', name: text('成果'), outcome: text(''), state: 'ahead' as const, milestones: [milestone('ahead')] },
  ],
  next: [
    { kind: 'action' as const, key: 'ours', plan: 7, name: text('ours'), is_theirs: false, due: null },
    { kind: 'action' as const, key: 'mine', plan: 7, name: text('mine'), is_theirs: true, due: null },
  ],
} satisfies Journey;

it('asks for goals, then actions (their own first, then by day), then milestones of the stage they are in', () => {
  const waiting = waitingFor({ plans, journey, surveys: [] });
  expect(waiting.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
    'goal asked',
    'action mine',
    'action sooner',
    'action later',
    'milestone open',
  ]);
});

it('asks for nothing of a plan that is closed or that is not shared', () => {
  const closed = { ...plans, items: [{ ...plan, state: 'closed' as const }] };
  expect(waitingFor({ plans: closed, journey: undefined, surveys: undefined })).toEqual([]);
  expect(waitingFor({ plans: undefined, journey: undefined, surveys: undefined })).toEqual([]);
});

it('tells of ours apart', () => {
  expect(nextOfOurs(journey).map(({ key }) => key)).toEqual(['ours']);
});
