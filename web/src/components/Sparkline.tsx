import { sparklinePath, sparklineRange } from './sparkline-path';

interface SparklineProps {
  /** Oldest first; null where nothing is known. */
  values: readonly (number | null)[];
  /** What the line shows, for screen readers. Without it the line is decoration beside a figure that says the same. */
  label?: string;
  color?: string;
  width?: number;
  height?: number;
  /** The least difference that fills the height; 20 suits scores of 0 to 100. */
  minSpan?: number;
}

const inset = 3;

/** A trend at the size of a word. */
export function Sparkline({
  values,
  label,
  color = 'var(--mantine-color-dimmed)',
  width = 64,
  height = 20,
  minSpan = 20,
}: SparklineProps) {
  const innerWidth = width - 2 * inset;
  const innerHeight = height - 2 * inset;
  const range = sparklineRange(values, minSpan);
  const last = values.findLastIndex((value) => value !== null);
  const lastValue = values[last];
  const step = values.length > 1 ? innerWidth / (values.length - 1) : 0;
  return (
    <svg
      width={width}
      height={height}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      style={{ flex: 'none' }}
    >
      <g transform={`translate(${inset} ${inset})`}>
        <path
          d={sparklinePath(values, innerWidth, innerHeight, range)}
          fill="none"
          stroke={color}
          strokeWidth={1.5}
          strokeLinejoin="round"
          strokeLinecap="round"
        />
        {lastValue != null && (
          <circle
            cx={last * step}
            cy={innerHeight - ((lastValue - range[0]) / (range[1] - range[0] || 1)) * innerHeight}
            r={2}
            fill={color}
          />
        )}
      </g>
    </svg>
  );
}
