import { expect, it } from 'vitest';
import { Newest } from './newest';

/** Answers only when told to. */
function slowServer() {
  const asked: number[] = [];
  const pending: { settle: () => void; fail: (error: Error) => void }[] = [];
  const newest = new Newest<number, string>(
    (question) =>
      new Promise((resolve, reject) => {
        asked.push(question);
        pending.push({ settle: () => resolve(`answer ${question}`), fail: reject });
      }),
  );
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return {
    asked,
    newest,
    settle: async () => {
      pending.shift()!.settle();
      await settled();
    },
    fail: async () => {
      pending.shift()!.fail(new Error('away'));
      await settled();
    },
  };
}

it('asks one thing at a time and passes over what is no longer the newest', async () => {
  const { asked, newest, settle } = slowServer();
  for (const question of [1, 2, 3, 4]) newest.ask(question);
  expect(asked).toEqual([1]);
  await settle();
  expect(newest.read().answered).toEqual({ question: 1, answer: 'answer 1' });
  expect(asked).toEqual([1, 4]);
  await settle();
  expect(newest.read()).toEqual({ answered: { question: 4, answer: 'answer 4' }, error: null, isAsking: false });
});

it('keeps the last answer beside an error, and goes on after it', async () => {
  const { newest, settle, fail } = slowServer();
  newest.ask(1);
  await settle();
  newest.ask(2);
  newest.ask(3);
  await fail();
  expect(newest.read()).toMatchObject({ answered: { question: 1 }, isAsking: true });
  expect(newest.read().error).toBeInstanceOf(Error);
  await settle();
  expect(newest.read()).toMatchObject({ answered: { question: 3 }, error: null, isAsking: false });
});

it('tells who listens, and nobody else', async () => {
  const { newest, settle } = slowServer();
  let told = 0;
  const stop = newest.listen(() => (told += 1));
  newest.ask(1);
  await settle();
  expect(told).toBeGreaterThan(0);
  const before = told;
  stop();
  newest.ask(2);
  await settle();
  expect(told).toBe(before);
});
