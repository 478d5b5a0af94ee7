// What signals and the server tell each other, as api/signals.yaml describes it.
import type { components } from '../../api/schema';
import type { Condition } from '../../components/filter/condition';
import type { AccountRole } from '../../components/rules/words';
import type { TwoLanguages } from '../../lib/language';

type Schemas = components['schemas'];

export type Signal = Schemas['Signal'];
export type SignalDetail = Schemas['SignalDetail'];
export type Firing = Schemas['Firing'];
export type FiringState = Schemas['FiringState'];
export type HeldSignal = Schemas['HeldSignal'];
export type SignalPreview = Schemas['SignalPreview'];
export type ReplayResult = Schemas['ReplayResult'];
export type ReplayItem = Schemas['ReplayItem'];
export type ReplayList = Schemas['ReplayList'];
export type Replay = Schemas['SignalReplay'];
export type Starter = Omit<Schemas['StarterSignal'], 'rule'> & { rule: SignalRule | null };
export type SignalKind = Schemas['SignalKind'];

export const signalKinds = ['risk', 'opportunity', 'lifecycle', 'renewal', 'data'] as const satisfies SignalKind[];
export const replayLists = ['fired', 'caught', 'missed', 'false_alarm'] as const satisfies ReplayList[];
export const firingStates = ['pending', 'opened', 'held', 'expired'] as const satisfies FiringState[];

/** The body of a definition of the kind "signal_rule". */
export interface SignalRule {
  name: TwoLanguages;
  description: TwoLanguages;
  kind: SignalKind;
  severity: Schemas['SignalSeverity'];
  enabled: boolean;
  scope: Condition | null;
  condition: Condition | null;
  leave_condition: Condition | null;
  for_days: number;
  cooldown_days: number;
  closes_by_itself: boolean;
  fires_on_existing: boolean;
  explanation: TwoLanguages;
  call: {
    title: TwoLanguages | null;
    role: AccountRole;
    due_business_days: number;
    playbook: string;
    hours_estimate: number;
  };
}

export const newRule: SignalRule = {
  name: { ja: '', en: '' },
  description: { ja: '', en: '' },
  kind: 'risk',
  severity: 'medium',
  enabled: true,
  scope: null,
  condition: null,
  leave_condition: null,
  for_days: 0,
  cooldown_days: 30,
  closes_by_itself: true,
  fires_on_existing: false,
  explanation: { ja: '', en: '' },
  call: { title: null, role: 'csm', due_business_days: 5, playbook: '', hours_estimate: 1 },
};

/** A body as it is stored may leave out what it takes by default. */
export function withDefaults(rule: Partial<SignalRule>): SignalRule {
  return { ...newRule, ...rule, call: { ...newRule.call, ...rule.call } };
}
