// A journey to begin with: the first year of a customer, by what every book knows. Customers read the names in their
// own view: none says how we judge them.
import type { Condition } from '../../components/filter/condition';
import type { JourneyBody } from './types';

const rule = (field: string, operator: string, value: unknown): Condition =>
  ({ combinator: 'and', not: false, rules: [{ field, operator, value }] }) as Condition;

export const starterJourney: JourneyBody = {
  name: { ja: '初年度のジャーニー', en: 'The first year' },
  description: '',
  rank: 100,
  stages: [
    {
      key: 'agree_goals',
      name: { ja: '目的を決める', en: 'We agree what we want' },
      outcome: {
        ja: '導入の目的と、達成とみなす基準が社内で合意されている',
        en: 'The team agrees why it bought the product and how success is told',
      },
      feeling: { ja: '任せられそうだと感じている', en: 'In good hands' },
      expected_days: 14,
      our_role: 'onboarding',
      their_role: 'executive_sponsor',
      moments_of_truth: [
        {
          key: 'kick_off',
          name: { ja: 'キックオフ', en: 'Kick-off' },
          what: { ja: '期待と目的をすり合わせる最初の場', en: 'The first meeting, where expectations are set' },
        },
      ],
      milestones: [
        {
          key: 'kick_off_held',
          name: { ja: 'キックオフを実施した', en: 'The kick-off was held' },
          required: true,
          confirmed_by_customer: false,
          grace_days: 30,
          condition: rule('last_meeting_day', 'notNull', null),
        },
        {
          key: 'goals_agreed',
          name: { ja: '目標に合意した', en: 'Goals are agreed' },
          required: true,
          confirmed_by_customer: true,
          grace_days: 7,
        },
      ],
    },
    {
      key: 'first_use',
      name: { ja: '使い始める', en: 'We start to use it' },
      outcome: { ja: '最初のチームが日々の業務で使っている', en: 'The first team uses it in its daily work' },
      feeling: { ja: '思ったより簡単だと感じている', en: 'Easier than we feared' },
      expected_days: 45,
      our_role: 'onboarding',
      their_role: 'champion',
      moments_of_truth: [],
      milestones: [
        {
          key: 'in_use',
          name: { ja: '直近2週間に利用がある', en: 'Used in the last two weeks' },
          required: true,
          confirmed_by_customer: false,
          grace_days: 14,
          condition: rule('last_activity_day', 'withinDays', { days: 14, direction: 'last' }),
        },
      ],
    },
    {
      key: 'habit',
      name: { ja: '定着させる', en: 'It becomes a habit' },
      outcome: { ja: '対象の部門全体に定着している', en: 'Every team it was bought for works with it' },
      feeling: { ja: '手放せないと感じている', en: 'We would miss it' },
      expected_days: 120,
      our_role: 'csm',
      their_role: 'champion',
      moments_of_truth: [],
      milestones: [
        {
          key: 'healthy',
          name: { ja: '安定して使われている', en: 'It is in steady use' },
          required: true,
          confirmed_by_customer: false,
          grace_days: 21,
          condition: rule('score', '>=', 60),
        },
      ],
    },
    {
      key: 'value',
      name: { ja: '成果を確かめる', en: 'We see what it gave us' },
      outcome: {
        ja: '導入時の目標が達成され、社内で説明できる',
        en: 'The goals we bought it for are met, and we can show it inside the company',
      },
      feeling: { ja: '誇らしく、人に勧めたいと感じている', en: 'Proud, and glad to recommend it' },
      expected_days: 120,
      our_role: 'csm',
      their_role: 'executive_sponsor',
      moments_of_truth: [
        {
          key: 'executive_review',
          name: { ja: '役員レビュー', en: 'Executive review' },
          what: {
            ja: '成果を経営層に報告し、次の一年を決める',
            en: 'Value is shown to executives, and the next year is decided',
          },
        },
      ],
      milestones: [
        {
          key: 'value_confirmed',
          name: { ja: '成果を確認した', en: 'The value is confirmed' },
          required: true,
          confirmed_by_customer: true,
          grace_days: 7,
        },
      ],
    },
  ],
};
