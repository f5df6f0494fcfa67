import { luminance } from '@mantine/core';
import { describe, expect, it } from 'vitest';
import { theme } from './theme';
import css from './tokens.css?raw';

const rolesIn = (selector: string): Record<string, string> => {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0]!;
  return Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
};
const light = { ...rolesIn(':root'), primary: theme.colors!.sea![7]! };
const schemes = { light, dark: { ...light, ...rolesIn("[data-mantine-color-scheme='dark']") } };

/** WCAG 2.2, « contrast ratio ». */
function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

const TEXT = 4.5;
const SHAPES = 3;
/** Foreground, what it lies on, WCAG 1.4.3 or 1.4.11. */
const pairs: [string, string, number][] = [
  ['ink', 'ground', TEXT],
  ['ink', 'card', TEXT],
  ['quiet', 'ground', TEXT],
  ['quiet', 'card', TEXT],
  ['problem', 'ground', TEXT],
  ['problem', 'card', TEXT],
  ['on-strong', 'alarm', TEXT],
  ['on-strong', 'primary', TEXT],
  ['control-line', 'ground', SHAPES],
  ['control-line', 'card', SHAPES],
  ['waits', 'card', SHAPES],
  ['star', 'card', SHAPES],
];

describe.each(Object.entries(schemes))('colours, %s', (_scheme, roles: Record<string, string>) => {
  it.each(pairs)('%s on %s is at least %d : 1', (front, back, least) => {
    expect(contrast(roles[front]!, roles[back]!)).toBeGreaterThanOrEqual(least);
  });
});
