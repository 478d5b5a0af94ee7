// What tests of the Health Lab share.
import { expect } from 'vitest';
import { run } from './banso.ts';
import { Client } from './client.ts';

export async function adminOf(data: string): Promise<void> {
  await run(['--data', data, 'user', 'add', '--name', 'Lab', '--email', 'lab@example.com', '--role', 'admin'], { input: 'correct horse battery\n' });
}

export async function signedIn(url: string): Promise<Client> {
  const client = new Client(url);
  expect((await client.post('/api/session', { email: 'lab@example.com', password: 'correct horse battery' })).status).toBe(200);
  return client;
}

// Has it built and waits for it; without a period waits for what is on its way.
export async function panelOf(client: Client, period: object | null = {}): Promise<any> {
  if (period) expect((await client.post('/api/lab/panel', period)).status).toBe(202);
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const panel = (await client.get('/api/lab/panel')).body;
    if (panel.state !== 'building') return panel;
    await new Promise((wait) => setTimeout(wait, 200));
  }
  throw new Error('the panel was not built');
}

// Every interval holds its value, every share is one, every curve climbs.
export function expectSane(judgement: any): void {
  for (const interval of [judgement.auc, judgement.at_threshold.precision, judgement.at_threshold.recall, ...judgement.levels.map((level: any) => level.rate)]) {
    if (interval === null) continue;
    expect(interval.low).toBeLessThanOrEqual(interval.value);
    expect(interval.high).toBeGreaterThanOrEqual(interval.value);
    expect(interval.low).toBeGreaterThanOrEqual(0);
    expect(interval.high).toBeLessThanOrEqual(1);
  }
  const { at_threshold: at, levels, calibration, roc, rows } = judgement;
  const sum = (list: any[], member: string) => list.reduce((total, each) => total + each[member], 0);
  expect(sum(levels, 'rows')).toBe(rows);
  expect(sum(calibration, 'rows')).toBe(rows);
  expect(sum(levels, 'outcomes')).toBe(at.caught + at.missed);
  expect(at.accounts_caught + at.accounts_missed).toBe(judgement.outcomes);
  for (let i = 1; i < roc.length; i += 1) expect(roc[i].true_rate).toBeGreaterThanOrEqual(roc[i - 1].true_rate);
  expect(sum(judgement.measures, 'weight_share')).toBeCloseTo(1, 4);
}

// The area under the ROC points, for comparison with the exact one.
export function areaUnder(roc: any[]): number {
  let area = 0;
  for (let i = 1; i < roc.length; i += 1) area += ((roc[i].false_rate - roc[i - 1].false_rate) * (roc[i].true_rate + roc[i - 1].true_rate)) / 2;
  return area;
}
