import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Me } from './requests';

const both = (words: string) => ({ ja: words, en: words });
const nothing = {
  journey: false,
  plan: false,
  adoption: false,
  value: false,
  people: false,
  documents: false,
  tickets: false,
  surveys: false,
  health: false,
  paid: false,
  company_tickets: false,
};
const vendor = { name: both('青空ソフト'), accent: '#0b6e6e', welcome: both('ようこそ'), logo: null };
const me: Me = {
  person: { name: '山田 太郎', email: 'taro@example.test', language: 'ja' },
  company: { name: 'みなと物流' },
  vendor,
  shows: { ...nothing, plan: true, people: true },
  accounts: [{ person: 1, company: 'みなと物流', is_current: true }],
  viewed_by: null,
  until: '2026-12-22T00:00:00Z',
  today: '2026-11-22',
};

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

/** What the server says at a path; anything else does not exist. */
let server: Record<string, () => Response>;

beforeEach(async () => {
  vi.resetModules();
  localStorage.setItem('banso.portal.language', 'ja');
  history.replaceState(null, '', '/portal');
  server = { '/portal/api/branding': () => json(vendor) };
  vi.stubGlobal('scrollTo', () => {});
  vi.stubGlobal('fetch', async (request: Request) => {
    const said = server[new URL(request.url).pathname];
    return said ? said() : json({ title: 'no', status: 404 }, 404);
  });
  await (await import('./texts/i18n')).startTexts();
});
afterEach(() => vi.unstubAllGlobals());

async function open() {
  const { PortalApp } = await import('./PortalApp');
  render(<PortalApp />);
}
const refused = () => json({ title: 'no', status: 401 }, 401);
const names = (nav: HTMLElement) => [...nav.querySelectorAll('a')].map((link) => link.textContent);

it('asks who is not in to log in, and says nothing of a log-in that ended', async () => {
  server['/portal/api/me'] = refused;
  await open();
  expect(await screen.findByRole('heading', { name: 'ログイン' })).toBeVisible();
  expect(screen.queryByText(/有効期限が切れました/)).toBeNull();
});

it('shows the pages that are shared and no others', async () => {
  server['/portal/api/me'] = () => json(me);
  server['/portal/api/plans'] = () => json({ as_of: '2026-11-22', items: [] });
  await open();
  const nav = await screen.findByRole('navigation', { name: 'ページ' });
  expect(names(nav)).toEqual(['ホーム', 'サクセスプラン', 'ご相談窓口']);
});

it('says so when the log-in ends while somebody reads', async () => {
  server['/portal/api/me'] = () => json(me);
  server['/portal/api/plans'] = () => json({ as_of: '2026-11-22', items: [] });
  server['/portal/api/people'] = refused;
  await open();
  const nav = await screen.findByRole('navigation', { name: 'ページ' });
  await userEvent.click([...nav.querySelectorAll('a')].at(-1)!);
  expect(await screen.findByText(/有効期限が切れました/)).toBeVisible();
});

it('lets one of us look and do nothing', async () => {
  server['/portal/api/me'] = () => json({ ...me, shows: { ...nothing, health: true }, viewed_by: '佐藤 美咲' });
  server['/portal/api/health'] = () => json({ consent_needed: true, consent_given: false, words: null, as_of: null });
  history.replaceState(null, '', '/portal/health');
  await open();
  expect(await screen.findByText('みなと物流 山田 太郎様の画面を確認しています。')).toBeVisible();
  expect(await screen.findByRole('button', { name: '同意して表示する' })).toBeDisabled();
});

it('uses up the word of a link only when the button is pressed', async () => {
  const opened = vi.fn(() => new Response(null, { status: 204 }));
  server['/portal/api/session'] = opened;
  server['/portal/api/me'] = () => json({ ...me, shows: nothing });
  history.replaceState(null, '', '/portal/log-in#token=abc');
  await open();
  const button = await screen.findByRole('button', { name: 'ログインする' });
  expect(opened).not.toHaveBeenCalled();
  await userEvent.click(button);
  expect(await screen.findByRole('heading', { name: '山田 太郎 様' })).toBeVisible();
  expect(opened).toHaveBeenCalledOnce();
  await waitFor(() => expect(location.hash).toBe(''));
});

it('is no failure that a company is on no journey yet', async () => {
  server['/portal/api/me'] = () => json({ ...me, shows: { ...nothing, journey: true } });
  server['/portal/api/journey'] = () => json(null);
  await open();
  expect(await screen.findByText('現在、お願いしていることはありません。')).toBeVisible();
  expect(screen.queryByRole('alert')).toBeNull();
});

const adoption = (departments: object[]) => () =>
  json({
    as_of: '2026-11-22',
    seats: null,
    people: 4,
    weeks: [{ from: '2026-11-16', people: 4 }],
    features: [],
    departments,
  });

async function openAdoption(departments: object[], viewed_by: string | null = null) {
  server['/portal/api/me'] = () => json({ ...me, shows: { ...nothing, adoption: true }, viewed_by });
  server['/portal/api/adoption'] = adoption(departments);
  history.replaceState(null, '', '/portal/adoption');
  await open();
  await screen.findByRole('heading', { name: '週ごとの利用人数' });
}

it('shows use by department, and those without one in a row of their own', async () => {
  await openAdoption([
    { department: '営業部', known: 3, people: 2, features: 5, last_used: '2026-11-20' },
    { department: '製造部', known: 1, people: 0, features: 0, last_used: null },
    { department: null, known: 1, people: 2, features: 1, last_used: '2026-11-19' },
  ]);
  const rows = [...screen.getByRole('list', { name: '部署別' }).children].map((row) => row.textContent);
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatch(/^営業部3名中 2名利用した機能: 5個.*2026年11月20日/);
  expect(rows[1]).toBe('製造部1名中 0名この期間のご利用はありません');
  expect(rows[2]).toMatch(/^部署の登録なし2名部署が登録されていない方.*利用した機能: 1個/);
});

it('leaves departments out for the customer where there are none', async () => {
  await openAdoption([]);
  expect(screen.queryByRole('heading', { name: '部署別' })).toBeNull();
});

it('tells one of us who looks how departments come to be shown', async () => {
  await openAdoption([], '佐藤 美咲');
  expect(screen.getByRole('heading', { name: '部署別' })).toBeVisible();
  expect(screen.getByText(/担当者に部署を登録すると/)).toBeVisible();
});
