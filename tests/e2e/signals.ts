// A signal rule, made through the API.
import { expect, type APIRequestContext } from '@playwright/test';
import { csrfHeaders } from './intake/product';

const two = (ja: string, en: string) => ({ ja, en });

const lowScore = {
  name: two('スコアの低い顧客', 'Low score'),
  description: two('ヘルススコアが低くなった顧客に気づきます。', 'Tells of accounts whose score is low.'),
  kind: 'risk',
  severity: 'high',
  enabled: true,
  scope: null,
  condition: { combinator: 'and', rules: [{ field: 'score', operator: '<', value: 60 }] },
  leave_condition: null,
  for_days: 0,
  cooldown_days: 30,
  closes_by_itself: true,
  fires_on_existing: true,
  explanation: two('ヘルススコアが{score}です。', 'The health score is {score}.'),
  call: { title: null, role: 'csm', due_business_days: 5, playbook: '', hours_estimate: 2 },
};

/** Published unless it is there already. */
export async function defineLowScore(request: APIRequestContext) {
  const { items } = (await (await request.get('/api/signals')).json()) as { items: { key: string; version: number }[] };
  if (items.some(({ key, version }) => key === 'low_score' && version > 0)) return;
  const headers = await csrfHeaders(request);
  const draft = await request.put('/api/definitions/signal_rule/low_score/draft', { data: lowScore, headers });
  expect(draft.ok(), await draft.text()).toBe(true);
  const published = await request.post('/api/definitions/signal_rule/low_score/publish', { data: { why: '最初の版' }, headers });
  expect(published.ok(), await published.text()).toBe(true);
}
