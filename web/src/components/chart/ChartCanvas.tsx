import { useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import type { EChartsCoreOption } from 'echarts/core';
import { useEffect, useImperativeHandle, useMemo, useRef, type Ref } from 'react';
import { ChartChoices } from './ChartChoices';
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
  /** The points of the first series by name, where the keyboard shall pick them too. */
  choices?: readonly string[];
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

export default function ChartCanvas({ ref, label, option, height_px, onPick, choices }: ChartCanvasProps) {
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
    // What is printed may have other colours and another width, and no frame is drawn between the change and the print.
    const draw = () => {
      const made = chart.current;
      if (!made) return;
      const shown = readTokens();
      made.setTheme(chartTheme(shown));
      made.setOption({ grid: defaultGrid, ...option(shown), animation: false }, { notMerge: true });
      made.resize();
      made.getZr().flush();
    };
    window.addEventListener('beforeprint', draw);
    window.addEventListener('afterprint', draw);
    return () => {
      window.removeEventListener('beforeprint', draw);
      window.removeEventListener('afterprint', draw);
    };
  }, [option]);

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

  const style = { height: height_px, width: '100%', cursor: onPick ? 'pointer' : undefined };
  if (!onPick || !choices || choices.length === 0) return <div ref={box} role="img" aria-label={label} style={style} />;
  return (
    <ChartChoices
      label={label}
      names={choices}
      onPick={(dataIndex) => onPick({ seriesName: '', name: choices[dataIndex]!, dataIndex, value: undefined })}
      onActive={(dataIndex) => stand(chart.current, dataIndex)}
    >
      <div ref={box} style={style} />
    </ChartChoices>
  );
}

/** Shows where the keyboard is as it would show where the mouse is. */
function stand(chart: EChartsType | null, dataIndex: number | null) {
  chart?.dispatchAction({ type: 'downplay', seriesIndex: 0 });
  chart?.dispatchAction({ type: 'hideTip' });
  if (dataIndex === null) return;
  chart?.dispatchAction({ type: 'highlight', seriesIndex: 0, dataIndex });
  chart?.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex });
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
