import { useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import type { EChartsCoreOption } from 'echarts/core';
import { useEffect, useImperativeHandle, useMemo, useRef, type Ref } from 'react';
import { init, type EChartsType } from './echarts';
import { chartTheme, readTokens, type ChartTokens } from './tokens';

export type ChartOption = EChartsCoreOption;

export interface ChartPick {
  seriesName: string;
  name: string;
  dataIndex: number;
  value: unknown;
}

export interface ChartCanvasHandle {
  picture: (kind: 'png' | 'svg') => Promise<Blob>;
}

interface ChartCanvasProps {
  ref: Ref<ChartCanvasHandle>;
  label: string;
  option: (tokens: ChartTokens) => ChartOption;
  height_px: number;
  onPick?: (pick: ChartPick) => void;
}

const defaultGrid = {
  left: 8,
  right: 16,
  top: 16,
  bottom: 8,
  outerBoundsMode: 'same',
  outerBoundsContain: 'axisLabel',
};
const pngScale = 2;

export default function ChartCanvas({ ref, label, option, height_px, onPick }: ChartCanvasProps) {
  const scheme = useComputedColorScheme('light');
  const stillness = useReducedMotion();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  // The colours belong to the scheme that is shown; they are read again when it changes.
  const tokens = useMemo(() => (scheme ? readTokens() : readTokens()), [scheme]);
  const full = useMemo(
    () => ({ grid: defaultGrid, animation: !stillness, animationDuration: 250, ...option(tokens) }),
    [option, tokens, stillness],
  );

  useEffect(() => {
    const element = box.current!;
    const made = init(element, chartTheme(tokens), { renderer: 'svg' });
    chart.current = made;
    const resize = new ResizeObserver(() => made.resize());
    resize.observe(element);
    return () => {
      resize.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, [tokens]);

  useEffect(() => {
    chart.current?.setOption(full, { notMerge: true });
  }, [full]);

  useEffect(() => {
    const made = chart.current;
    if (!made || !onPick) return;
    const pick = (params: unknown) => {
      const { seriesName = '', name = '', dataIndex = 0, value } = params as Partial<ChartPick>;
      onPick({ seriesName, name, dataIndex, value });
    };
    made.on('click', pick);
    return () => void made.off('click', pick);
  }, [onPick, tokens]);

  useImperativeHandle(ref, () => ({ picture: (kind) => picture(kind, full, tokens, box.current!) }), [full, tokens]);

  return (
    <div
      ref={box}
      role="img"
      aria-label={label}
      style={{ height: height_px, width: '100%', cursor: onPick ? 'pointer' : undefined }}
    />
  );
}

/** Draws the chart once more, without motion and on a solid ground, in the form asked for. */
async function picture(
  kind: 'png' | 'svg',
  option: ChartOption,
  tokens: ChartTokens,
  shown: HTMLElement,
): Promise<Blob> {
  const element = document.createElement('div');
  const size = { width: shown.clientWidth, height: shown.clientHeight };
  const made = init(element, chartTheme(tokens), { renderer: kind === 'svg' ? 'svg' : 'canvas', ...size });
  try {
    made.setOption({ ...option, animation: false, backgroundColor: tokens.surface });
    if (kind === 'svg') return new Blob([made.renderToSVGString()], { type: 'image/svg+xml' });
    const canvas = made.renderToCanvas({ pixelRatio: pngScale, backgroundColor: tokens.surface });
    return await new Promise<Blob>((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('the browser could not draw the picture'))),
        'image/png',
      ),
    );
  } finally {
    made.dispose();
  }
}
