import {
  IconArrowsSplit2,
  IconBellPlus,
  IconChecklist,
  IconClockPause,
  IconFlag,
  IconForms,
  IconListDetails,
  IconMail,
  IconMessage,
  IconPencil,
  IconSend,
  IconTargetArrow,
  IconUserCheck,
  IconWebhook,
} from '@tabler/icons-react';
import type { StepKind } from './playbook';

export const kindIcons = {
  task: IconChecklist,
  approval: IconUserCheck,
  email: IconMail,
  survey: IconForms,
  wait: IconClockPause,
  branch: IconArrowsSplit2,
  set_field: IconPencil,
  webhook: IconWebhook,
  message: IconMessage,
  open_call: IconBellPlus,
  plan: IconTargetArrow,
  confirm_plan: IconSend,
  playbook: IconListDetails,
  end: IconFlag,
} as const satisfies Record<StepKind, unknown>;

/** How kinds are offered: what people do, what goes out, what steers the run, what changes the record. */
export const kindGroups = {
  people: ['task', 'approval', 'open_call', 'plan'],
  outreach: ['email', 'survey', 'message', 'confirm_plan'],
  flow: ['wait', 'branch', 'playbook', 'end'],
  systems: ['set_field', 'webhook'],
} as const satisfies Record<string, readonly StepKind[]>;
