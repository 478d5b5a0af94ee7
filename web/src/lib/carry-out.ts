import type { UseMutationResult } from '@tanstack/react-query';

interface Outcome<Answer, Failure> {
  onSuccess?: (answer: Answer) => void;
  onError?: (failure: Failure) => void;
}

type Doing<Answer, Failure, Variables> = Pick<UseMutationResult<Answer, Failure, Variables>, 'mutateAsync'>;

/**
 * Runs a mutation and tells its outcome even when the component that began it is gone by then, as a row is that live
 * data took away. `mutation.mutate(variables, { onSuccess })` stays silent there: it calls back only while somebody
 * is mounted, and of several calls only for the last. Without `onError` the failure is left to `mutation.isError`.
 */
export function carryOut<Answer, Failure, Variables>(
  { mutateAsync }: Doing<Answer, Failure, Variables>,
  variables: Variables,
  { onSuccess, onError }: Outcome<Answer, Failure>,
): void {
  void mutateAsync(variables).then(onSuccess, (failure: unknown) => onError?.(failure as Failure));
}
