import {
  Alert,
  Button,
  type CSSVariablesResolver,
  Input,
  InputWrapper,
  Modal,
  Table,
  Text,
  Tooltip,
  createTheme,
  type MantineColorsTuple,
} from '@mantine/core';

/** The one accent: a deep blue-green, quiet enough to look at for eight hours. */
const petrol: MantineColorsTuple = [
  '#edf6f4',
  '#dcebe8',
  '#b8d6d1',
  '#90bfb9',
  '#6daba3',
  '#54998f',
  '#3d8880',
  '#23716b',
  '#17605c',
  '#0d4b48',
];
/** Slightly green greys, so that the accent belongs to them. */
const gray: MantineColorsTuple = [
  '#f7f8f7',
  '#eff1f0',
  '#e3e7e5',
  '#d3d9d6',
  '#b9c1bd',
  '#98a29e',
  '#76817d',
  '#55605c',
  '#3a4441',
  '#232b29',
];
const dark: MantineColorsTuple = [
  '#d5dad8',
  '#b3bbb8',
  '#8d9794',
  '#66716e',
  '#3d4745',
  '#2f3836',
  '#232b29',
  '#1a201f',
  '#141918',
  '#0e1211',
];

const systemFonts = `system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif`;

export const theme = createTheme({
  colors: { petrol, gray, dark },
  primaryColor: 'petrol',
  primaryShade: { light: 8, dark: 6 },
  autoContrast: true,
  fontFamily: systemFonts,
  fontFamilyMonospace: `ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace`,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontFamily: systemFonts,
    fontWeight: '600',
    sizes: { h1: { fontSize: '18px' }, h2: { fontSize: '15px' }, h3: { fontSize: '14px' } },
  },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Alert: Alert.extend({
      defaultProps: { variant: 'light' },
      vars: (_theme, { color }) => ({
        root: {
          '--alert-bg': `color-mix(in srgb, var(--mantine-color-${color ?? 'petrol'}-6) 13%, transparent)`,
          '--alert-bd': `1px solid color-mix(in srgb, var(--mantine-color-${color ?? 'petrol'}-6) 35%, transparent)`,
        },
      }),
      styles: { root: { paddingBlock: 10 }, title: { color: 'var(--mantine-color-text)' } },
    }),
    Text: Text.extend({ defaultProps: { size: 'sm' } }),
    Button: Button.extend({
      defaultProps: { size: 'xs' },
      vars: (_theme, { size }) => ({ root: size === 'xs' ? { '--button-fz': '13px', '--button-height': '30px' } : {} }),
      styles: { root: { flexShrink: 0 }, label: { fontWeight: 500 } },
    }),
    Input: Input.extend({
      vars: (_theme, { size }) => ({
        wrapper: size === undefined || size === 'sm' ? { '--input-fz': '13px', '--input-height': '32px' } : {},
      }),
    }),
    InputWrapper: InputWrapper.extend({ styles: { label: { marginBottom: 4, fontWeight: 500 } } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4, blur: 0 }, transitionProps: { duration: 120 } },
    }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm', fz: 'sm' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, withArrow: false, fz: 'xs', events: { hover: true, focus: true, touch: false } },
    }),
  },
});

/** Where Mantine's own greys would be too light, or the dark ground too black. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#5a6561', '--mantine-color-placeholder': '#7c8783' },
  dark: {
    '--mantine-color-dimmed': '#9ba8a4',
    '--mantine-color-body': '#1a201f',
    '--mantine-color-placeholder': '#7f8b87',
    // Mantine's own are so light that a red action looks like any other.
    '--mantine-color-red-light-color': '#ff9d96',
    '--mantine-color-orange-light-color': '#ffb870',
    '--mantine-color-green-light-color': '#82d6a0',
    '--mantine-color-petrol-light-color': 'var(--mantine-color-petrol-3)',
  },
});
