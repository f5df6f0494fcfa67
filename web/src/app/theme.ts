import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Sea green of the Tunisian coast; white on shade 7 meets 4.5 : 1 (WCAG 1.4.3). */
const sea: MantineColorsTuple = [
  '#e6f7f6',
  '#cdebe9',
  '#a3d9d6',
  '#76c6c2',
  '#4fb5b1',
  '#2f9a97',
  '#17807f',
  '#0b6570',
  '#0b5563',
  '#083f4a',
];

export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: 7,
  autoContrast: true,
  colors: { sea },
  defaultRadius: 'md',
  fontFamily: 'var(--typeface)',
  respectReducedMotion: true,
  headings: {
    fontWeight: '700',
    sizes: { h1: { fontSize: '1.9rem', lineHeight: '1.2' }, h2: { fontSize: '1.35rem' } },
  },
  components: {
    Button: { defaultProps: { size: 'md' } },
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    MultiSelect: { defaultProps: { size: 'md' } },
    Modal: { defaultProps: { centered: true } },
  },
});
