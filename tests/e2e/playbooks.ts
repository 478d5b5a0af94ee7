// A playbook and a run of it, made through the API.
import { expect, type APIRequestContext } from '@playwright/test';
import { csrfHeaders } from './intake/product';

const two = (ja: string, en: string) => ({ ja, en });

const rescue = {
  name: two('低スコアの立て直し', 'Low score rescue'),
  description: two('利用が落ちた顧客を、原因の確認から定着まで支援します。', 'Helps a customer whose use fell, from the cause to regular use.'),
  purpose: 'risk',
  start: { on: 'manual' },
  goal: { combinator: 'and', rules: [{ field: 'score', operator: '>=', value: 99 }] },
  steps: [
    {
      key: 'which',
      kind: 'branch',
      name: two('スコアは低いか', 'Low score?'),
      cases: [{ name: two('低い', 'Low'), condition: { combinator: 'and', rules: [{ field: 'score', operator: '<', value: 75 }] }, next: 'pause' }],
      otherwise: 'finish',
    },
    { key: 'pause', kind: 'wait', name: two('様子を見る', 'Wait'), business_days: 3, next: 'finish' },
    { key: 'finish', kind: 'end', name: two('立て直し完了', 'Rescued'), outcome: 'success' },
  ],
};

/** Published unless it is there already. */
export async function defineRescue(request: APIRequestContext) {
  const { items } = (await (await request.get('/api/playbooks')).json()) as { items: { key: string; version: number }[] };
  if (items.some(({ key, version }) => key === 'low_score_rescue' && version > 0)) return;
  const headers = await csrfHeaders(request);
  const draft = await request.put('/api/definitions/playbook/low_score_rescue/draft', { data: rescue, headers });
  expect(draft.ok(), await draft.text()).toBe(true);
  const published = await request.post('/api/definitions/playbook/low_score_rescue/publish', { data: { why: '最初の版' }, headers });
  expect(published.ok(), await published.text()).toBe(true);
}

/** The page of a run for the account with the lowest score. */
export async function startRescue(request: APIRequestContext): Promise<string> {
  await defineRescue(request);
  const known = (await (await request.get('/api/runs?playbook=low_score_rescue&limit=1')).json()) as { items: { id: number }[] };
  if (known.items[0]) return `/runs/${known.items[0].id}`;
  const book = (await (await request.get('/api/book?limit=1&sort=score')).json()) as { items: { id: number }[] };
  const started = await request.post('/api/playbooks/low_score_rescue/start', { data: { accounts: [book.items[0]!.id] }, headers: await csrfHeaders(request) });
  expect(started.ok(), await started.text()).toBe(true);
  const { items } = (await started.json()) as { items: { run_id: number }[] };
  return `/runs/${items[0]!.run_id}`;
}
