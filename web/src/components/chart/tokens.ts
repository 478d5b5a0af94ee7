/** The theme's colours as a canvas needs them: resolved, for the scheme that is shown now. */
export interface ChartTokens {
  text: string;
  dimmed: string;
  border: string;
  surface: string;
  accent: string;
  /** A colour and its quiet companion, for "now" against "before". */
  quiet: string;
  /** More and less: blue and vermilion, which colour-blind eyes tell apart. Say it by a sign too. */
  rise: string;
  fall: string;
  /** For categories without a meaning of their own; told apart by colour-blind eyes. */
  series: string[];
  levels: Record<'thriving' | 'healthy' | 'watch' | 'at_risk' | 'critical' | 'unknown', string>;
  fontFamily: string;
}

export function readTokens(): ChartTokens {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const level = (key: string) => read(`--level-${key}`);
  return {
    text: read('--mantine-color-text'),
    dimmed: read('--mantine-color-dimmed'),
    border: read('--border'),
    surface: read('--surface-page'),
    accent: read('--text-link'),
    quiet: read('--chart-quiet'),
    rise: level('thriving'),
    fall: level('at_risk'),
    series: [
      read('--text-link'),
      level('healthy'),
      level('at_risk'),
      level('watch'),
      level('critical'),
      level('thriving'),
      level('unknown'),
    ],
    levels: {
      thriving: level('thriving'),
      healthy: level('healthy'),
      watch: level('watch'),
      at_risk: level('at_risk'),
      critical: level('critical'),
      unknown: level('unknown'),
    },
    fontFamily: read('--mantine-font-family'),
  };
}

/** What every chart starts from: our type, few grid lines, no decoration. */
export function chartTheme(tokens: ChartTokens) {
  const axis = {
    axisLine: { lineStyle: { color: tokens.border } },
    axisTick: { show: false },
    axisLabel: { color: tokens.dimmed, fontSize: 12, hideOverlap: true },
    nameTextStyle: { color: tokens.dimmed, fontSize: 12 },
    splitLine: { show: false, lineStyle: { color: tokens.border } },
  };
  return {
    color: tokens.series,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: tokens.fontFamily, fontSize: 12, color: tokens.text },
    categoryAxis: axis,
    timeAxis: axis,
    valueAxis: {
      ...axis,
      axisLine: { show: false },
      splitLine: { show: true, lineStyle: { color: tokens.border } },
      splitNumber: 3,
    },
    legend: { textStyle: { color: tokens.text, fontSize: 12 }, icon: 'roundRect', itemWidth: 12, itemHeight: 4 },
    tooltip: {
      backgroundColor: tokens.surface,
      borderColor: tokens.border,
      borderWidth: 1,
      textStyle: { color: tokens.text, fontSize: 12 },
      extraCssText: 'box-shadow:none;border-radius:6px;',
    },
    line: { symbol: 'none', lineStyle: { width: 2 }, emphasis: { lineStyle: { width: 2 } } },
    bar: { barMaxWidth: 28, itemStyle: { borderRadius: 2 } },
  };
}
