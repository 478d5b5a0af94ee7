// While a slider is dragged, questions come faster than answers. One is on its way at a time; of those that came
// meanwhile only the newest is asked next. So the figures keep moving, the server is never flooded, and no older answer
// ever covers a newer one.

export interface NewestState<Question, Answer> {
  /** The newest answer, and the question it belongs to. */
  answered: { question: Question; answer: Answer } | null;
  error: unknown;
  isAsking: boolean;
}

export class Newest<Question, Answer> {
  private state: NewestState<Question, Answer> = { answered: null, error: null, isAsking: false };
  private waiting: { question: Question } | null = null;
  private readonly listeners = new Set<() => void>();

  private readonly answerTo: (question: Question) => Promise<Answer>;

  constructor(answerTo: (question: Question) => Promise<Answer>) {
    this.answerTo = answerTo;
  }

  readonly read = () => this.state;

  readonly listen = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  ask(question: Question) {
    this.waiting = { question };
    if (!this.state.isAsking) void this.work();
  }

  private async work() {
    while (this.waiting) {
      const { question } = this.waiting;
      this.waiting = null;
      if (!this.state.isAsking) this.set({ isAsking: true });
      try {
        const answer = await this.answerTo(question);
        this.set({ answered: { question, answer }, error: null });
      } catch (error) {
        this.set({ error });
      }
    }
    this.set({ isAsking: false });
  }

  private set(change: Partial<NewestState<Question, Answer>>) {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
