// A level set by hand: it holds until it ends or somebody lifts it; the score stays what the machine says.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sendJson } from '../../../api/json';
import type { Day } from '../../../lib/format/date';
import { readAgain } from '../account-changes';

export interface OverrideChange {
  level: string;
  reason: string;
  expires_on: Day | null;
}

export function useOverrideDeeds(accountId: string) {
  const client = useQueryClient();
  const path = `/api/accounts/${accountId}/health/override`;
  const onSuccess = () => readAgain(client, accountId);
  const set = useMutation({ mutationFn: (change: OverrideChange) => sendJson('POST', path, change), onSuccess });
  const lift = useMutation({ mutationFn: () => sendJson('DELETE', path), onSuccess });
  return { set, lift };
}
