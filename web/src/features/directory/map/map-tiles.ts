/** Where the map’s pictures are, as the operator has set it; undefined: there is no map. */
export function mapTiles(
  page: Pick<Document, 'querySelector'> = document,
): { url: string; attribution: string } | undefined {
  const setting = page.querySelector<HTMLMetaElement>('meta[name="map-tiles"]');
  return setting ? { url: setting.content, attribution: setting.dataset.attribution ?? '' } : undefined;
}
