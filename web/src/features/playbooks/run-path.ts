// The way that a run took, to be drawn on the graph.
import { wayId, type Decoration } from './graph/decoration';
import { portsOf } from './graph/ports';
import type { RunDetail } from './types';
import { withDefaults } from './tidy';

export function pathOf(run: Pick<RunDetail, 'steps' | 'body' | 'step' | 'state'>): Decoration {
  const visits = run.steps.toSorted((a, b) => a.visit - b.visit);
  const { steps } = withDefaults(run.body);
  const litWays = new Set<string>();
  if (visits.length > 0) litWays.add(wayId(null, 'next'));
  visits.forEach(({ step, result, state }, index) => {
    const found = steps.find(({ key }) => key === step);
    const next = visits[index + 1]?.step;
    if (!found || (next === undefined && state === 'waiting')) return;
    const ports = portsOf(found).filter(({ isFallback }) => !isFallback);
    // By what it came to where that names a way, else by where it went on.
    const way = ports.find(({ name }) => name === result) ?? ports.find(({ to }) => to === (next ?? null));
    if (way) litWays.add(wayId(step, way.name));
  });
  const isOver = run.state === 'done' || run.state === 'goal' || run.state === 'exited' || run.state === 'stopped';
  return { lit: new Set(visits.map(({ step }) => step)), litWays, at: isOver ? null : run.step };
}
