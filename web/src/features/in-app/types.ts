// The shapes of /api/in-app and of a message's body.
import type { components } from '../../api/schema';
import type { Condition } from '../../components/filter/condition';
import type { TwoLanguages } from '../../lib/language';

export type InAppMessage = components['schemas']['InAppMessage'];
export type InAppKey = components['schemas']['InAppKey'];

export const forms = ['banner', 'dialog', 'checklist'] as const;
export type Form = (typeof forms)[number];

export interface ItemBody {
  key: string;
  label: TwoLanguages;
  url?: string;
  done_when?: Condition;
}

/** A message as its definition holds it: see src/modules/in_app. */
export interface MessageBody {
  name: TwoLanguages;
  form: Form;
  title: TwoLanguages;
  text: TwoLanguages;
  link?: { label: TwoLanguages; url: string };
  items?: ItemBody[];
  audience?: Condition;
  first_day?: string;
  last_day?: string;
  rank: number;
}

export const emptyMessage: MessageBody = {
  name: { ja: '', en: '' },
  form: 'banner',
  title: { ja: '', en: '' },
  text: { ja: '', en: '' },
  rank: 100,
};
