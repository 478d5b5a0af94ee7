import { useEffect, useState, useSyncExternalStore } from 'react';
import { Newest, type NewestState } from './newest';

/** The newest answer to a question that changes as fast as a hand moves; see `Newest`. Null asks nothing. */
export function useNewest<Question, Answer>(
  question: Question | null,
  answerTo: (question: Question) => Promise<Answer>,
): NewestState<Question, Answer> & { askAgain: () => void } {
  const [newest] = useState(() => new Newest(answerTo));
  const state = useSyncExternalStore(newest.listen, newest.read);
  useEffect(() => {
    if (question !== null) newest.ask(question);
  }, [newest, question]);
  return { ...state, askAgain: () => question !== null && newest.ask(question) };
}
