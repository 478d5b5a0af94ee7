// A step as it begins: with what is usual for its kind, so that little is left to fill in.
import type { TwoLanguages } from '../../lib/language';
import { freeKey } from './graph/edit';
import type { Step, StepKind } from './playbook';

const empty: TwoLanguages = { ja: '', en: '' };
const deed = { role: 'csm', title: empty, description: empty, due_business_days: 3 };

const beginnings: Record<StepKind, () => Partial<Step>> = {
  task: () => ({ ...deed, required: true, wait: true, next: null }),
  approval: () => ({ ...deed, rejected: null, next: null }),
  email: () => ({ template: '', sender: 'csm', to: { roles: ['champion', 'admin'], at_most: 1 }, next: null }),
  survey: () => ({ survey: '', to: { roles: ['champion', 'admin', 'user'], at_most: 3 }, next: null }),
  wait: () => ({ business_days: 3, next: null }),
  branch: () => ({ cases: [{ name: { ja: '条件1', en: 'Case 1' }, condition: null, next: null }], otherwise: null }),
  set_field: () => ({ field: 'phase', value: '', next: null }),
  webhook: () => ({ url: '', body: '{"account": "{{account.name}}"}', next: null }),
  message: () => ({ url: '', text: empty, language: 'both', next: null }),
  open_call: () => ({ ...deed, call_kind: 'lifecycle', severity: 'medium', next: null }),
  plan: () => ({ next: null }),
  confirm_plan: () => ({ next: null }),
  playbook: () => ({ playbook: '', wait: true, next: null }),
  end: () => ({ outcome: 'success' }),
};

/** A name in both languages to begin with; it is part of the playbook and not of the page. */
const names: Record<StepKind, TwoLanguages> = {
  task: { ja: '新しいタスク', en: 'New task' },
  approval: { ja: '承認', en: 'Approval' },
  email: { ja: 'メールを送る', en: 'Send a mail' },
  survey: { ja: 'アンケートを送る', en: 'Send a survey' },
  wait: { ja: '待機', en: 'Wait' },
  branch: { ja: '条件で分ける', en: 'Branch' },
  set_field: { ja: '項目を更新', en: 'Set a field' },
  webhook: { ja: '外部システムに通知', en: 'Call a webhook' },
  message: { ja: 'チャットに投稿', en: 'Post a message' },
  open_call: { ja: 'アクションを開く', en: 'Open a call' },
  plan: { ja: 'サクセスプランを作成', en: 'Make the success plan' },
  confirm_plan: { ja: 'プランの確認を依頼', en: 'Send the plan for confirmation' },
  playbook: { ja: '別のプレイブック', en: 'Another playbook' },
  end: { ja: '終了', en: 'End' },
};

export function newStep(kind: StepKind, steps: readonly Step[]): Step {
  return { key: freeKey(steps, kind), kind, name: names[kind], ...beginnings[kind]() };
}
