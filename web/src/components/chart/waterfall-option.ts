// The drawing of a waterfall: standing bars, or lying ones where there is little width.
import type { ChartOption } from './ChartCanvas';
import type { ChartTokens } from './tokens';
import { tooltipLines } from './tooltip';
import type { WaterfallBar } from './waterfall';

interface Drawing {
  lying: boolean;
  slot_px: number;
  short: (bar: WaterfallBar) => string;
  exact: (bar: WaterfallBar) => string;
}

/** What ECharts hands to a `renderItem`, as far as it is used here. */
interface ItemApi {
  value: (dimension: number) => number;
  coord: (point: [number, number]) => [number, number];
  size: (extent: [number, number]) => [number, number];
}

const widest_px = 56;
const thinnest_px = 2;
const labelGap_px = 4;

export function waterfallOption(bars: readonly WaterfallBar[], tokens: ChartTokens, drawing: Drawing): ChartOption {
  const { lying, slot_px, exact } = drawing;
  const names = {
    type: 'category',
    data: bars.map(({ name }) => name),
    axisLine: { lineStyle: { color: tokens.border } },
    axisLabel: {
      interval: 0,
      color: tokens.text,
      width: lying ? 110 : Math.max(slot_px - 6, 40),
      overflow: 'break',
      lineHeight: 15,
      hideOverlap: false,
    },
  };
  const amounts = {
    type: 'value',
    axisLabel: { show: false },
    splitLine: { show: false },
    // Room for the figures beyond the highest and below the lowest bar.
    boundaryGap: ['0', lying ? '24%' : '10%'],
  };
  return {
    grid: { left: 8, right: 8, top: 8, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      trigger: 'item',
      confine: true,
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const bar = bars[dataIndex];
        return bar ? tooltipLines([{ name: bar.name, value: exact(bar) }]) : '';
      },
    },
    xAxis: lying ? amounts : names,
    yAxis: lying ? { ...names, inverse: true } : amounts,
    series: [
      {
        type: 'custom',
        clip: false,
        encode: lying ? { y: 0, x: [1, 2] } : { x: 0, y: [1, 2] },
        data: bars.map(({ from, to }, index) => [index, from, to]),
        renderItem: (_params: unknown, api: ItemApi) => drawBar(bars, api, tokens, drawing),
      },
    ],
  };
}

function drawBar(bars: readonly WaterfallBar[], api: ItemApi, tokens: ChartTokens, drawing: Drawing) {
  const index = api.value(0);
  const bar = bars[index];
  if (!bar) return null;
  const { lying } = drawing;
  const at = (value: number, place = index) => api.coord(lying ? [value, place] : [place, value]);
  const slot_px = lying ? Math.abs(api.size([0, 1])[1]) : Math.abs(api.size([1, 0])[0]);
  const thickness_px = Math.min(slot_px * (lying ? 0.62 : 0.66), widest_px);
  const from = at(bar.from);
  const to = at(bar.to);
  const shape = lying
    ? {
        x: Math.min(from[0], to[0]),
        y: from[1] - thickness_px / 2,
        width: Math.abs(to[0] - from[0]),
        height: thickness_px,
      }
    : {
        x: from[0] - thickness_px / 2,
        y: Math.min(from[1], to[1]),
        width: thickness_px,
        height: Math.abs(to[1] - from[1]),
      };
  if (bar.amount !== 0) {
    if (lying) shape.width = Math.max(shape.width, thinnest_px);
    else shape.height = Math.max(shape.height, thinnest_px);
  }
  const children: object[] = [
    {
      type: 'rect',
      shape: { ...shape, r: bar.amount === 0 ? 0 : 2 },
      style: { fill: bar.tone === 'level' ? tokens.accent : tokens[bar.tone] },
      emphasis: { style: { stroke: tokens.text, lineWidth: 1.5 } },
    },
    {
      type: 'text',
      silent: true,
      style: {
        text: drawing.short(bar),
        x: lying ? shape.x + shape.width + labelGap_px : shape.x + shape.width / 2,
        y: lying ? shape.y + shape.height / 2 : shape.y - labelGap_px,
        align: lying ? 'left' : 'center',
        verticalAlign: lying ? 'middle' : 'bottom',
        fill: tokens.text,
        font: `${bar.kind === 'level' ? 600 : 400} 12px ${tokens.fontFamily}`,
      },
    },
  ];
  // From the edge of this bar, where it ends, to the edge of the next one, where that begins.
  if (index + 1 < bars.length) {
    const half_px = thickness_px / 2;
    const [x2, y2] = at(bar.to, index + 1);
    children.push({
      type: 'line',
      silent: true,
      shape: lying
        ? { x1: to[0], y1: to[1] + half_px, x2, y2: y2 - half_px }
        : { x1: to[0] + half_px, y1: to[1], x2: x2 - half_px, y2 },
      style: { stroke: tokens.quiet, lineWidth: 1 },
    });
  }
  return { type: 'group', children };
}
