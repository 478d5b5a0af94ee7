// Playbooks: drawn, mended where the server finds faults, tried out, published, started, followed and compared.
import type { Page } from '@playwright/test';
import { collectConsoleErrors, expect, test } from './fixtures';
import { defineRescue, startRescue } from './playbooks';
import { expectViewsAccessible } from './views';

const step = (page: Page, key: string) => page.locator(`.react-flow__node[data-id="${key}"]`);

test('a playbook is drawn, mended, tried out, published, started and stopped', async ({ inDemo: page }) => {
  const errors = collectConsoleErrors(page);
  await page.goto('/playbooks');
  await page.getByRole('button', { name: '新しいプレイブック' }).click();
  const naming = page.getByRole('dialog', { name: '新しいプレイブック' });
  await naming.getByLabel('名前(日本語)').fill('静かな顧客への声かけ');
  await naming.getByLabel('名前(英語)').fill('Reach out to quiet customers');
  await naming.getByRole('button', { name: '作成' }).click();
  await expect(page.getByRole('heading', { name: '静かな顧客への声かけ', level: 1 })).toBeVisible();

  await step(page, 'end').waitFor();
  await page.getByRole('button', { name: 'ここにステップを追加' }).first().click();
  await page.getByRole('menuitem', { name: 'タスク' }).click();
  const inspector = page.getByRole('region', { name: '選択中の内容' });
  await expect(step(page, 'task')).toBeVisible();
  // A task without a title is a fault, told at the step that it is about.
  await expect(inspector.getByRole('list', { name: '直す必要がある点' })).toBeVisible();
  await inspector.getByLabel('名前(日本語)').fill('電話をかける');
  await inspector.getByLabel('件名(日本語)').fill('近況を伺う');
  await inspector.getByLabel('件名(英語)').fill('Ask how it goes');
  await expect(inspector.getByRole('list', { name: '直す必要がある点' })).toBeHidden();

  await page.getByRole('button', { name: 'ここにステップを追加' }).first().click();
  await page.getByRole('menuitem', { name: '待機' }).click();
  await expect(step(page, 'wait')).toBeVisible();
  await step(page, 'wait').press('Delete');
  await expect(step(page, 'wait')).toBeHidden();
  await step(page, 'task').press('Control+z');
  await expect(step(page, 'wait')).toBeVisible();
  await step(page, 'wait').press('ArrowDown');
  await expect(step(page, 'task')).toBeFocused();

  await page.getByRole('button', { name: '下書きを保存' }).click();
  await expect(page.getByText('下書きを保存しました。')).toBeVisible();
  await page.getByRole('button', { name: '試し実行' }).click();
  const dry = page.getByRole('region', { name: '試し実行' });
  await expect(dry.getByText(/\d+社で開始されます/)).toBeVisible();
  await expect(step(page, 'task')).toContainText(/\d+/);

  await page.getByRole('button', { name: '公開', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '下書きを公開する' });
  await dialog.getByRole('textbox').fill('最初の版');
  await dialog.getByRole('button', { name: '公開' }).click();
  await expect(page.getByText('公開しました。')).toBeVisible();

  const { items } = (await (await page.request.get('/api/book?limit=1&sort=score')).json()) as { items: { name: string }[] };
  await page.getByRole('button', { name: '顧客で開始' }).click();
  const starting = page.getByRole('dialog', { name: '顧客で開始' });
  await starting.getByRole('combobox').fill(items[0]!.name);
  await page.getByRole('option', { name: items[0]!.name }).first().click();
  await starting.getByRole('button', { name: '開始', exact: true }).click();
  await starting.getByRole('link', { name: '実行を見る' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toContainText('静かな顧客への声かけ');
  await expect(step(page, 'wait')).toContainText('現在地');
  await expect(page.getByText(/まで待ちます/).first()).toBeVisible();
  await page.getByRole('button', { name: '実行を中止' }).click();
  const stopping = page.getByRole('dialog', { name: '実行を中止しますか' });
  await stopping.getByLabel('理由').fill('先方の事情');
  await stopping.getByRole('button', { name: '実行を中止' }).click();
  await expect(page.getByText('実行を中止しました。')).toBeVisible();
  await expect(page.getByText('中止', { exact: true }).first()).toBeVisible();
  expect(errors).toEqual([]);
});

test('the list shows the same playbook, in English and by keyboard alone', async ({ inDemo: page }) => {
  await page.addInitScript(() => localStorage.setItem('banso.language', 'en'));
  await defineRescue(page.request);
  await page.goto('/playbooks/low_score_rescue?view=list');
  const outline = page.getByRole('group', { name: 'The steps of “Low score rescue”' });
  await expect(outline.getByRole('button', { name: /1\. Low score\?/ })).toBeVisible();
  await outline.getByRole('button', { name: /2\. Wait/ }).focus();
  await page.keyboard.press('Enter');
  const inspector = page.getByRole('region', { name: 'What is selected' });
  await expect(inspector.getByRole('heading', { name: 'Wait' })).toBeVisible();
  await inspector.getByLabel('How long').fill('10');
  await expect(outline.getByRole('button', { name: /10 business days/ })).toBeVisible();
  await inspector.getByRole('button', { name: 'Remove the step' }).click();
  await expect(outline.getByRole('button', { name: /10 business days/ })).toBeHidden();
  await page.getByRole('button', { name: 'Undo (Ctrl+Z)' }).click();
  await expect(outline.getByRole('button', { name: /10 business days/ })).toBeVisible();

  await page.getByRole('button', { name: 'Save draft' }).click();
  await expect(page.getByText('Draft saved.')).toBeVisible();
  await page.getByRole('tab', { name: 'Versions' }).click();
  await expect(page.getByText('0 added, 1 changed, 0 removed')).toBeVisible();
  await expect(step(page, 'pause')).toContainText('Changed');
});

const ofRescue = (search: string) => async (page: Page) => {
  await startRescue(page.request);
  return `/playbooks/low_score_rescue${search}`;
};

expectViewsAccessible('playbooks', {
  list: '/playbooks',
  templates: '/playbooks/templates',
  editor: ofRescue(''),
  'editor as a list': ofRescue('?view=list'),
  runs: ofRescue('?tab=runs'),
  failed: '/playbooks?tab=failed',
  'a run': (page) => startRescue(page.request),
});
