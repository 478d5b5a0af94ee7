import { useFormat } from '../../../lib/viewer';
import type { MeasureSample } from '../definitions';

interface HistogramProps {
  bins: MeasureSample['histogram'];
  label: string;
  unit: string;
}

const width = 360;
const height = 110;
const foot = 20;
const head = 14;

/** How the values lie, in small; the figures stand below as text. */
export function Histogram({ bins, label, unit }: HistogramProps) {
  const format = useFormat();
  const [first, last] = [bins[0], bins.at(-1)];
  if (!first || !last) return null;
  const most = Math.max(...bins.map(({ accounts }) => accounts), 1);
  const step = width / bins.length;
  const text = { fontSize: 11, fill: 'var(--mantine-color-dimmed)' } as const;
  const tallest = bins.findIndex(({ accounts }) => accounts === most);
  const middleOf = (index: number) => Math.min(Math.max((index + 0.5) * step, 8), width - 8);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} style={{ width: '100%', maxWidth: 460 }}>
      {bins.map(({ from, to, accounts }, index) => {
        const tall = (accounts / most) * (height - foot - head);
        return (
          <rect
            key={index}
            x={index * step + 1}
            y={height - foot - tall}
            width={Math.max(step - 2, 1)}
            height={tall}
            fill="var(--text-link)"
          >
            <title>{`${format.number(from, 2)}–${format.number(to, 2)}: ${format.number(accounts)}`}</title>
          </rect>
        );
      })}
      <line x1={0} x2={width} y1={height - foot} y2={height - foot} stroke="var(--border)" />
      <text x={middleOf(tallest)} y={10} textAnchor="middle" {...text}>
        {format.number(most)}
      </text>
      <text x={0} y={height - 5} {...text}>
        {format.number(first.from, 2)}
      </text>
      <text x={width} y={height - 5} textAnchor="end" {...text}>
        {format.number(last.to, 2)} {unit}
      </text>
    </svg>
  );
}
