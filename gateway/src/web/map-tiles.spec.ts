import { describe, expect, it } from '@jest/globals';
import { mapTilesOf, withMapTiles } from './map-tiles.js';

describe('map tiles', () => {
  const read = (url: string, attribution?: string) =>
    mapTilesOf({ MEDFLOW_MAP_TILES: url, ...(attribution && { MEDFLOW_MAP_ATTRIBUTION: attribution }) });

  it('are none where none are set', () => {
    expect([mapTilesOf({}), read('')]).toEqual([undefined, undefined]);
  });

  it('say from where the page may show pictures, and whose they are', () => {
    const one = read('https://tiles.example.org:8443/osm/{z}/{x}/{y}.png?key=a&b');
    expect(one).toMatchObject({ source: 'https://tiles.example.org:8443', attribution: '© OpenStreetMap' });
    const several = read('https://{s}.tiles.example.org/{z}/{x}/{y}.png', 'Carte <nationale>');
    expect(several).toMatchObject({ source: 'https://*.tiles.example.org', attribution: 'Carte <nationale>' });
    expect(withMapTiles('<head></head>', several!)).toContain('data-attribution="Carte &#60;nationale&#62;"');
    expect(withMapTiles('<head></head>', one!)).toContain('{z}/{x}/{y}.png?key=a&#38;b"');
  });

  it.each([
    'tiles',
    'https://tiles.example.org/{z}/{x}.png',
    'file:///tiles/{z}/{x}/{y}.png',
    "https://tiles.example.org; script-src 'unsafe-inline'/{z}/{x}/{y}",
    'https://a b/{z}/{x}/{y}',
    '//tiles.example.org/{z}/{x}/{y}.png',
  ])('are refused with a remedy: %s', (url) => {
    expect(() => read(url)).toThrow(/MEDFLOW_MAP_TILES is no address of map tiles: .* An example: https/);
  });
});
