import { SettingError } from '@medflow/service-kit';

/** A map’s pictures, from where the operator says. */
export interface MapTiles {
  /** With `{z}`, `{x}` and `{y}`, and `{s}` where there are several hosts. */
  readonly url: string;
  /** Whose work it is, as their licence asks to be said; plain text. */
  readonly attribution: string;
  /** From where the page may show pictures, as a content security policy names it. */
  readonly source: string;
}

const OPEN_STREET_MAP = '© OpenStreetMap';

/**
 * @returns undefined where there is to be no map
 * @throws SettingError when the address is none of tiles
 */
export function mapTilesOf(env: Readonly<Record<string, string | undefined>>): MapTiles | undefined {
  const { MEDFLOW_MAP_TILES: url, MEDFLOW_MAP_ATTRIBUTION: attribution } = env;
  if (!url) return undefined;
  const wrong = new SettingError(
    `MEDFLOW_MAP_TILES is no address of map tiles: ${url}. An example: https://tiles.example.org/{z}/{x}/{y}.png.`,
  );
  const [, scheme, host = ''] = /^(https?):\/\/((?:\{s\}\.)?[a-z\d.-]+(?::\d+)?)\//i.exec(url) ?? [];
  if (!scheme || ['{z}', '{x}', '{y}'].some((part) => !url.includes(part))) throw wrong;
  return { url, attribution: attribution || OPEN_STREET_MAP, source: `${scheme}://${host.replace('{s}', '*')}` };
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);

/** The client’s page, told where the map’s pictures are. */
export const withMapTiles = (html: string, { url, attribution }: Pick<MapTiles, 'url' | 'attribution'>): string =>
  html.replace(
    '</head>',
    () => `<meta name="map-tiles" content="${escaped(url)}" data-attribution="${escaped(attribution)}" />\n  </head>`,
  );
