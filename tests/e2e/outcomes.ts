// What the walk from the contract to the renewal needs of the workspace: a journey, a template, a signal
// and playbooks; made through the server's own routes, in both languages.
import type { Client } from '../support/client.ts';
import { eventually } from '../support/intake.ts';

const two = (ja: string, en: string) => ({ ja, en });
const rule = (field: string, operator: string, value: unknown) => ({ combinator: 'and', rules: [{ field, operator, value }] });

const journey = {
  name: two('初年度のジャーニー', 'The first year'),
  stages: [
    {
      key: 'begin',
      name: two('使い始める', 'We start to use it'),
      outcome: two('最初のチームが日々の業務で使っている', 'The first team uses it in its daily work'),
      expected_days: 30,
      our_role: 'onboarding',
      milestones: [{ key: 'in_use', name: two('4人以上が利用', 'At least four people use it'), condition: rule('active_users_28d', '>=', 4) }],
    },
    {
      key: 'outcome',
      name: two('成果を確かめる', 'We see what it gave us'),
      outcome: two('購入の目的を果たしたと、お客様が言える', 'The customer can say that they got what they bought it for'),
      feeling: two('誇らしく、人に勧めたい', 'Proud, and glad to recommend it'),
      expected_days: 120,
      our_role: 'csm',
      milestones: [
        { key: 'goal_reached', name: two('最初のゴールを達成', 'The first goal is reached'), condition: rule('attribute.goals_achieved', '>=', 1) },
        { key: 'worth_it', name: two('お客様が成果を確認', 'The customer confirms the outcome'), confirmed_by_customer: true },
      ],
    },
  ],
};

const step = (key: string, kind: string, name: object, more: object) => ({ key, kind, name, ...more });
const ending = step('finish', 'end', two('完了', 'Done'), { outcome: 'success' });

const recover = {
  name: two('ゴールの立て直し', 'Get a goal back on track'),
  purpose: 'risk',
  start: { on: 'call' },
  goal: rule('attribute.goals_behind', '=', 0),
  steps: [
    step('talk', 'task', two('原因を確認する', 'Find the cause'), {
      title: two('推進者に原因を確認する', 'Ask the champion what stands in the way'),
      description: two('', ''),
      due_business_days: 3,
      wait: true,
      next: 'watch',
    }),
    step('watch', 'wait', two('様子を見る', 'See whether it helps'), { days: 30, next: 'finish' }),
    ending,
  ],
};

// A stage is written with the key of its journey, for two journeys may have stages of the same key.
const welcome = {
  name: two('成果の確認を始める', 'Begin to prove the outcome'),
  purpose: 'lifecycle',
  start: { on: 'change', field: 'attribute.journey_stage', to: 'first_year.outcome' },
  steps: [step('look', 'wait', two('利用を見守る', 'Let them work with it'), { days: 14, next: 'finish' }), ending],
};

const behind = {
  name: two('ゴールの遅れ', 'A goal is behind'),
  description: two('合意したゴールに遅れが出た顧客に気づきます。', 'Tells of accounts whose agreed goals are behind.'),
  kind: 'risk',
  severity: 'high',
  enabled: true,
  scope: null,
  condition: rule('attribute.goals_behind', '>=', 1),
  leave_condition: null,
  for_days: 0,
  cooldown_days: 1,
  closes_by_itself: true,
  fires_on_existing: true,
  explanation: two('{attribute.goals_behind}件のゴールに遅れが出ています。', '{attribute.goals_behind} goals are behind.'),
  call: { title: null, role: 'csm', due_business_days: 3, playbook: 'recover', hours_estimate: 2 },
};

async function define(admin: Client, kind: string, key: string, body: object) {
  const draft = await admin.put(`/api/definitions/${kind}/${key}/draft`, body);
  if (draft.status !== 200) throw new Error(`${kind} ${key} was refused: ${draft.text}`);
  const published = await admin.post(`/api/definitions/${kind}/${key}/publish`, { why: 'The first version' });
  if (published.status !== 200) throw new Error(`${kind} ${key} was not published: ${published.text}`);
}

/** The attributes that plans and journeys keep are fields of conditions as soon as the book has them. */
async function fieldIsThere(admin: Client, key: string) {
  const keys = async () => ((await admin.get('/api/book/fields')).body.items as { key: string }[]).map((field) => field.key);
  const found = await eventually(keys, (all) => all.includes(key), 60);
  if (!found.includes(key)) throw new Error(`the book has no field ${key}`);
}

export async function publishTemplate(admin: Client) {
  const templates = await admin.post('/api/plans/templates', { keys: ['first_value'], publish: true });
  if (templates.status !== 200) throw new Error(`the template was refused: ${templates.text}`);
}

/** How we notice and what we do, written in what plans and journeys know of accounts. */
export async function defineOurWork(admin: Client) {
  await fieldIsThere(admin, 'attribute.goals_behind');
  await define(admin, 'playbook', 'recover', recover);
  await define(admin, 'signal_rule', 'goal_behind', behind);
  await define(admin, 'journey', 'first_year', journey);
  await fieldIsThere(admin, 'attribute.journey_stage');
  await define(admin, 'playbook', 'welcome', welcome);
}
