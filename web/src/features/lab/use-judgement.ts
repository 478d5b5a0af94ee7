import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { compare, judge, judgementQuery } from './lab';
import type { Judgement, Mover, Question } from './types';
import { useNewest } from './use-newest';

/** `stamp` asks anew what is the same question to another history. */
type Asked = { question: Question; withMovers: boolean; stamp: string };
interface Answered {
  candidate: Judgement;
  moved: { items: Mover[]; total: number } | null;
}

async function answerTo({ question, withMovers }: Asked): Promise<Answered> {
  if (!withMovers) return { candidate: await judge(question), moved: null };
  const { candidate, moved, moved_total } = await compare(question);
  return { candidate, moved: { items: moved, total: moved_total } };
}

/** Stays the same object until a newer answer is there, so that what shows it rests while the sliders move. */
export interface Judged {
  /** What is under the hand; the published one where nothing is. */
  candidate: Judgement | undefined;
  published: Judgement | undefined;
  /** Whether the two are different things. */
  isApart: boolean;
  moved: { items: Mover[]; total: number } | null;
  error: unknown;
}

/** The published scorecard's judgement, and that of the draft or of the sliders, which follows them. */
export function useJudgement(
  question: Question,
  {
    stamp,
    withMovers,
    hasPublished,
    isAsked,
  }: {
    stamp: string;
    withMovers: boolean;
    hasPublished: boolean;
    /** Not while the question lacks something. */
    isAsked: boolean;
  },
) {
  const isApart = question.use !== 'published';
  const base = useQuery({
    ...judgementQuery({ ...question, use: 'published', body: undefined }, stamp),
    enabled: hasPublished && isAsked,
    placeholderData: (before) => before,
  });
  const asked = useMemo(
    () => (isApart && isAsked ? { question, withMovers, stamp } : null),
    [isApart, isAsked, question, withMovers, stamp],
  );
  const live = useNewest(asked, answerTo);
  const published = hasPublished ? base.data : undefined;
  const answer = live.answered?.answer;
  const error = (isApart ? live.error : null) ?? base.error;
  const judged = useMemo(
    (): Judged => ({
      candidate: isApart ? answer?.candidate : published,
      published,
      isApart,
      moved: isApart && withMovers ? (answer?.moved ?? null) : null,
      error,
    }),
    [isApart, withMovers, answer, published, error],
  );
  return {
    judged,
    /** An older answer is shown while the newer one is on its way. */
    isBehind: isApart ? live.answered?.question !== asked : base.isPlaceholderData,
    askAgain: () => {
      void base.refetch();
      live.askAgain();
    },
  };
}
