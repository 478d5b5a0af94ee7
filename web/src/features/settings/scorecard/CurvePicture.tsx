import { useFormat } from '../../../lib/viewer';
import type { Band, Curve } from '../types';
import { bandFaults, faultRange, outline } from './curve';

interface CurvePictureProps {
  curve: Curve;
  label: string;
  unit: string;
  /** The step to be marked. */
  pointedAt?: number | null;
}

const width = 300;
const height = 150;
const pad = { left: 30, right: 10, top: 14, bottom: 24 };
/** Even a quarrel about a single value must be seen. */
const narrowestFault_px = 6;

/** The curve in small: values along the bottom, 0 to 100 points upwards. The figures stand beside it as inputs. */
export function CurvePicture({ curve, label, unit, pointedAt = null }: CurvePictureProps) {
  const format = useFormat();
  const corners = outline(curve);
  const values = corners.map((corner) => corner.x);
  const low = values.length > 0 ? Math.min(...values) : 0;
  const high = values.length > 0 ? Math.max(...values) : 1;
  const x = (value: number) => pad.left + ((value - low) / (high - low || 1)) * (width - pad.left - pad.right);
  const y = (points: number) => pad.top + (1 - points / 100) * (height - pad.top - pad.bottom);
  const marks = corners.slice(1, -1);
  const text = { fontSize: 11, fill: 'var(--mantine-color-dimmed)' } as const;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} style={{ width: '100%', maxWidth: 360 }}>
      {[0, 50, 100].map((points) => (
        <g key={points}>
          <line x1={pad.left} x2={width - pad.right} y1={y(points)} y2={y(points)} stroke="var(--border)" />
          <text x={pad.left - 6} y={y(points) + 4} textAnchor="end" {...text}>
            {points}
          </text>
        </g>
      ))}
      {curve.bands ? (
        <Steps bands={curve.bands} low={low} high={high} x={x} y={y} pointedAt={pointedAt} />
      ) : (
        <polyline
          points={corners.map((corner) => `${x(corner.x).toFixed(1)},${y(corner.y).toFixed(1)}`).join(' ')}
          fill="none"
          stroke="var(--text-link)"
          strokeWidth={2}
          strokeLinejoin="round"
        />
      )}
      {curve.linear &&
        marks.map((mark, index) => <circle key={index} cx={x(mark.x)} cy={y(mark.y)} r={3} fill="var(--text-link)" />)}
      {[marks[0], marks.at(-1)].map(
        (mark, index) =>
          mark && (
            <text key={index} x={x(mark.x)} y={height - 8} textAnchor={index === 0 ? 'start' : 'end'} {...text}>
              {format.number(mark.x, 2)}
              {index === 1 && unit ? ` ${unit}` : ''}
            </text>
          ),
      )}
    </svg>
  );
}

interface StepsProps {
  bands: readonly Band[];
  low: number;
  high: number;
  x: (value: number) => number;
  y: (points: number) => number;
  pointedAt: number | null;
}

/** Each step as its own line with the ends that belong to it filled, and what does not fit marked from top to bottom. */
function Steps({ bands, low, high, x, y, pointedAt }: StepsProps) {
  const faults = bandFaults(bands);
  const end = (value: number | undefined, points: number, isInside: boolean) =>
    value !== undefined && (
      <circle
        cx={x(value)}
        cy={y(points)}
        r={3}
        fill={isInside ? 'var(--text-link)' : 'var(--surface-page)'}
        stroke="var(--text-link)"
        strokeWidth={1.5}
      />
    );
  return (
    <>
      {faults.map((fault) => {
        const [from, to] = faultRange(bands, fault);
        const wide = Math.max(x(to) - x(from), narrowestFault_px);
        const left = (x(from) + x(to)) / 2 - wide / 2;
        return (
          <g key={fault.between[0]}>
            <rect
              x={left}
              y={pad.top}
              width={wide}
              height={height - pad.top - pad.bottom}
              fill="var(--mantine-color-error)"
              opacity={0.16}
            />
            <text
              x={left + wide / 2}
              y={pad.top - 3}
              textAnchor="middle"
              fontSize={11}
              fontWeight={700}
              fill="var(--mantine-color-error)"
            >
              !
            </text>
          </g>
        );
      })}
      {bands.map((band, index) => (
        <g key={index}>
          <line
            x1={x(band.from ?? low)}
            x2={x(band.to ?? high)}
            y1={y(band.points)}
            y2={y(band.points)}
            stroke="var(--text-link)"
            strokeWidth={pointedAt === index ? 5 : 2}
          />
          {end(band.from, band.points, band.from_inclusive ?? true)}
          {end(band.to, band.points, band.to_inclusive ?? false)}
        </g>
      ))}
    </>
  );
}
