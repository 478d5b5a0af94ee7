import { QueryClient, QueryClientProvider, useMutation } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { carryOut } from './carry-out';

/** An answer that arrives when the test says so. */
function pendingAnswer() {
  return Promise.withResolvers<string>();
}

interface RowProps {
  answers: Promise<string>[];
  onSuccess?: (answer: string) => void;
  onError?: (failure: Error) => void;
}

/** Begins a mutation for each answer, as a row does whose buttons are clicked. */
function renderRow({ answers, ...outcome }: RowProps) {
  let begin = () => {};
  function Row() {
    const deed = useMutation({ mutationFn: (answer: Promise<string>) => answer });
    begin = () => answers.forEach((answer) => carryOut(deed, answer, outcome));
    return null;
  }
  const row = render(
    <QueryClientProvider client={new QueryClient()}>
      <Row />
    </QueryClientProvider>,
  );
  act(() => begin());
  return row;
}

test('success is told although the row went away before the answer came', async () => {
  const onSuccess = vi.fn();
  const { promise, resolve } = pendingAnswer();
  renderRow({ answers: [promise], onSuccess }).unmount();
  resolve('done');
  await vi.waitFor(() => expect(onSuccess).toHaveBeenCalledExactlyOnceWith('done'));
});

test('a failure is told although the row went away before the answer came', async () => {
  const onSuccess = vi.fn();
  const onError = vi.fn();
  const { promise, reject } = pendingAnswer();
  renderRow({ answers: [promise], onSuccess, onError }).unmount();
  const failure = new Error('refused');
  reject(failure);
  await vi.waitFor(() => expect(onError).toHaveBeenCalledExactlyOnceWith(failure));
  expect(onSuccess).not.toHaveBeenCalled();
});

test('each of two calls that overlap is told', async () => {
  const onSuccess = vi.fn();
  renderRow({ answers: [Promise.resolve('first'), Promise.resolve('second')], onSuccess });
  await vi.waitFor(() => expect(onSuccess.mock.calls.flat()).toEqual(['first', 'second']));
});

test('a failure that nobody asked for is no unhandled rejection', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  renderRow({ answers: [Promise.reject(new Error('refused'))] });
  await new Promise((resume) => setTimeout(resume, 20));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});
