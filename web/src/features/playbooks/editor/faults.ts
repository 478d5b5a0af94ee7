import type { Language } from '../../../lib/language';
import type { PlaybookFault } from '../types';

export interface FaultsByStep {
  /** By key of the step, in the reader's language. */
  steps: ReadonlyMap<string, readonly string[]>;
  /** About the playbook as a whole. */
  others: readonly string[];
}

export function faultsByStep(faults: readonly PlaybookFault[], language: Language): FaultsByStep {
  const steps = new Map<string, string[]>();
  const others: string[] = [];
  for (const { step, message } of faults) {
    const text = message[language];
    if (step === null) others.push(text);
    else steps.set(step, [...(steps.get(step) ?? []), text]);
  }
  return { steps, others };
}
