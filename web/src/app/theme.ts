// The one place where the look is decided: neutral greys, one accent, radius 6, thin borders instead of shadows.
import {
  Badge,
  Button,
  Card,
  createTheme,
  Drawer,
  HoverCard,
  InputWrapper,
  SegmentedControl,
  Menu,
  Modal,
  Paper,
  Table,
  Tabs,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

const accent: MantineColorsTuple = [
  '#eef2fb',
  '#dce3f4',
  '#b9c7e8',
  '#93a8dc',
  '#7490d2',
  '#5f80cc',
  '#4a6ac0',
  '#3556a6',
  '#2b4790',
  '#213878',
];
const gray: MantineColorsTuple = [
  '#fafafa',
  '#f4f4f5',
  '#eaeaec',
  '#dededf',
  '#c9c9cd',
  '#a0a0a7',
  '#66666e',
  '#4c4c53',
  '#333338',
  '#1f1f23',
];
const dark: MantineColorsTuple = [
  '#e1e1e4',
  '#bcbcc2',
  '#9f9fa7',
  '#6c6c75',
  '#3f3f46',
  '#313137',
  '#27272c',
  '#1a1a1e',
  '#141417',
  '#0d0d0f',
];

// Dark enough for words on white, and under white words on a button that destroys something.
const red: MantineColorsTuple = [
  '#fdecee',
  '#f9d3d8',
  '#f3a8b2',
  '#ec8391',
  '#e05a6c',
  '#d23c51',
  '#c4243b',
  '#b31d33',
  '#97162a',
  '#7d1022',
];

const dimmed = { backgroundOpacity: 0.35 } as const;
const bordered = { withBorder: true } as const;

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, gray, dark, red },
  black: '#1f1f23',
  fontFamily: "'Inter Variable', 'Noto Sans JP Variable', 'Hiragino Sans', 'Yu Gothic UI', sans-serif",
  // Before the generic one everything with an even width; after it what the even ones lack: Japanese.
  fontFamilyMonospace:
    "ui-monospace, 'SFMono-Regular', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace, 'Noto Sans JP Variable'",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.6', lg: '1.6', xl: '1.6' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '6px', xl: '6px' },
  defaultRadius: 'md',
  // What floats is set off by its border.
  shadows: { xs: 'none', sm: 'none', md: 'none', lg: 'none', xl: 'none' },
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.5' },
      h2: { fontSize: '1rem', lineHeight: '1.5' },
      h3: { fontSize: '0.875rem', lineHeight: '1.6' },
      h4: { fontSize: '0.8125rem', lineHeight: '1.6' },
    },
  },
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Badge: Badge.extend({ defaultProps: { tt: 'none', fw: 500, variant: 'default', radius: 'sm' } }),
    Button: Button.extend({ defaultProps: { size: 'sm', fw: 500 } }),
    Card: Card.extend({ defaultProps: { ...bordered, padding: 'md' } }),
    Paper: Paper.extend({ defaultProps: { ...bordered } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, overlayProps: dimmed, transitionProps: { duration: 120 } },
      styles: { title: { fontWeight: 620 } },
    }),
    Drawer: Drawer.extend({ defaultProps: { transitionProps: { duration: 120 } } }),
    InputWrapper: InputWrapper.extend({
      styles: {
        label: { marginBottom: 4 },
        description: { fontSize: '0.75rem', marginBottom: 2 },
        error: { fontSize: '0.75rem' },
      },
    }),
    Menu: Menu.extend({ defaultProps: { position: 'bottom-end' } }),
    HoverCard: HoverCard.extend({ defaultProps: { openDelay: 250, closeDelay: 80 } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 300, multiline: true, maw: 360, events: { hover: true, focus: true, touch: true } },
    }),
    SegmentedControl: SegmentedControl.extend({
      styles: { indicator: { boxShadow: 'none', border: '1px solid var(--border)' } },
    }),
    // On a phone the tabs stay one line, which the finger moves.
    Tabs: Tabs.extend({
      styles: { list: { flexWrap: 'nowrap', overflowX: 'auto', scrollbarWidth: 'none' }, tab: { flexShrink: 0 } },
    }),
    Table: Table.extend({ defaultProps: { fz: 'sm', verticalSpacing: 6, horizontalSpacing: 'sm' } }),
    // What scrolls sideways must be reached by key, whether or not it holds anything to press.
    TableScrollContainer: Table.ScrollContainer.extend({ defaultProps: { type: 'native', tabIndex: 0 } }),
  },
});

/** Health levels: Okabe-Ito hues, which colour-blind eyes tell apart, darkened or lightened until the words reach AA. */
const lightLevels = {
  '--level-thriving': '#0067a3',
  '--level-healthy': '#00725a',
  '--level-watch': '#855a00',
  '--level-at_risk': '#b04400',
  '--level-critical': '#96184c',
  '--level-unknown': '#66666e',
  '--level-thriving-soft': '#e3f0f9',
  '--level-healthy-soft': '#e0f3ed',
  '--level-watch-soft': '#fbf0d6',
  '--level-at_risk-soft': '#fdeade',
  '--level-critical-soft': '#fae5ee',
  '--level-unknown-soft': '#f4f4f5',
};
const darkLevels = {
  '--level-thriving': '#74baf0',
  '--level-healthy': '#53cba6',
  '--level-watch': '#e6b73f',
  '--level-at_risk': '#f79358',
  '--level-critical': '#f583ab',
  '--level-unknown': '#9f9fa7',
  '--level-thriving-soft': '#10293c',
  '--level-healthy-soft': '#0d2f27',
  '--level-watch-soft': '#322709',
  '--level-at_risk-soft': '#3a2013',
  '--level-critical-soft': '#3b1727',
  '--level-unknown-soft': '#27272c',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {
    '--rail-width': '208px',
    '--rail-width-collapsed': '56px',
    '--topbar-height': '48px',
    '--bottombar-height': '56px',
  },
  light: {
    ...lightLevels,
    '--mantine-color-dimmed': gray[6],
    '--mantine-color-placeholder': '#75757d',
    '--surface-page': '#ffffff',
    '--surface-sunken': gray[0],
    '--surface-raised': '#ffffff',
    '--surface-hover': gray[1],
    '--surface-selected': accent[0],
    '--border': gray[2],
    '--border-strong': gray[4],
    '--text-link': accent[7],
    '--chart-quiet': gray[5],
    '--as-of-soft': '#fbf0d6',
    '--as-of-text': '#6d4a00',
  },
  dark: {
    ...darkLevels,
    '--mantine-color-error': '#ff93a1',
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': '#8a8a93',
    '--mantine-color-body': dark[7],
    '--surface-page': dark[7],
    '--surface-sunken': dark[8],
    '--surface-raised': '#1f1f23',
    '--surface-hover': dark[6],
    '--surface-selected': '#232b40',
    '--border': dark[5],
    '--border-strong': dark[4],
    '--text-link': '#a3b6e6',
    '--chart-quiet': dark[3],
    '--as-of-soft': '#322709',
    '--as-of-text': '#f0cd72',
  },
});
