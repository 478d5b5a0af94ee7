import { useFormat } from '../../lib/viewer';
import { outline } from './curve';
import type { Curve } from './types';

interface CurvePictureProps {
  curve: Curve;
  label: string;
  unit: string;
}

const width = 300;
const height = 150;
const pad = { left: 30, right: 10, top: 10, bottom: 24 };

/** The curve in small: values along the bottom, 0 to 100 points upwards. The figures stand beside it as inputs. */
export function CurvePicture({ curve, label, unit }: CurvePictureProps) {
  const format = useFormat();
  const corners = outline(curve);
  const low = corners[0]?.x ?? 0;
  const high = corners.at(-1)?.x ?? 1;
  const x = (value: number) => pad.left + ((value - low) / (high - low || 1)) * (width - pad.left - pad.right);
  const y = (points: number) => pad.top + (1 - points / 100) * (height - pad.top - pad.bottom);
  const marks = corners.slice(1, -1);
  const line = corners.map((corner) => `${x(corner.x).toFixed(1)},${y(corner.y).toFixed(1)}`).join(' ');
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
      <polyline points={line} fill="none" stroke="var(--text-link)" strokeWidth={2} strokeLinejoin="round" />
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
