import type { RunDetail } from './types';

type StepKind = RunDetail['steps'][number]['kind'];

/** Where one finds what a step made; `what` says which word leads there. Null where it has no page of its own. */
export function placeOf(kind: StepKind, reference: number | null) {
  if (reference === null) return null;
  const id = String(reference);
  switch (kind) {
    case 'email':
    case 'survey':
      return { what: 'mail', to: { to: '/outreach', search: { room: 'mails', panel: id } } } as const;
    case 'open_call':
      return { what: 'call', to: { to: '/cockpit', search: { scope: 'all', status: 'all', panel: id } } } as const;
    case 'playbook':
      return { what: 'run', to: { to: '/runs/$runId', params: { runId: id } } } as const;
    case 'task':
    case 'approval':
      return { what: 'task', to: { to: '/cockpit', search: { room: 'tasks', scope: 'all', state: 'all' } } } as const;
    default:
      return null;
  }
}
