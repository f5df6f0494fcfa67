import { Text } from '@mantine/core';
import { divIcon, DomEvent, latLngBounds, map as openMap, marker, tileLayer, type Map as LeafletMap } from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { cityName } from '../../../lib/cities';
import type { Place } from '../../../lib/places';
import classes from './map.module.css';
import { townsOf } from './towns';

/** Where nobody was found. */
const TUNISIA: readonly Place[] = [
  [37.4, 11.6],
  [31.5, 8],
];
const NEAREST = 12;
const MARKER_PX = 40;

interface DoctorsMapProps {
  tiles: { url: string; attribution: string };
  doctors: readonly { city: string }[];
  /** Of the search. */
  chosen: string | undefined;
  onChoose: (city: string) => void;
}

/** The towns of the doctors found, beside their list; a press looks in that town alone, a second one everywhere again. */
export default function DoctorsMap({ tiles, doctors, chosen, onChoose }: DoctorsMapProps) {
  const { t, i18n } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const map = useRef<LeafletMap>(undefined);
  /** Its button is made anew with the next answer, and keeps the focus. */
  const focusedCity = useRef<string>(undefined);
  const { towns, elsewhere } = townsOf(doctors);
  const shown = JSON.stringify([towns, chosen, i18n.language]);

  useEffect(() => {
    const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const opened = openMap(place.current!, {
      zoomAnimation: !reduced,
      fadeAnimation: !reduced,
      markerZoomAnimation: !reduced,
      scrollWheelZoom: false,
    });
    opened.attributionControl.setPrefix(false);
    tileLayer(tiles.url, { attribution: escaped(tiles.attribution), maxZoom: 18 }).addTo(opened);
    opened.fitBounds(latLngBounds(TUNISIA.map(pair)));
    map.current = opened;
    return () => void opened.remove();
  }, [tiles.url, tiles.attribution]);

  useEffect(() => {
    const opened = map.current!;
    const markers = towns.map((town) => {
      const isChosen = town.city === chosen;
      const name = t('map.town', { count: town.count, city: cityName(town.city, i18n.language) });
      const html = townButton(town.count, name, isChosen, () => onChoose(isChosen ? '' : town.city));
      const icon = divIcon({ className: '', html, iconSize: [MARKER_PX, MARKER_PX] });
      // The button is what is pressed, by keyboard too; Leaflet’s own markers only open popups.
      return marker(pair(town.place), { icon, keyboard: false, riseOnHover: true }).addTo(opened);
    });
    if (towns.length > 0)
      opened.fitBounds(latLngBounds(towns.map((town) => pair(town.place))), { padding: [48, 48], maxZoom: NEAREST });
    const buttons = markers.map((one) => one.getElement()!.querySelector('button')!);
    buttons[towns.findIndex(({ city }) => city === focusedCity.current)]?.focus({ preventScroll: true });
    return () => {
      focusedCity.current = towns[buttons.findIndex((button) => button === document.activeElement)]?.city;
      for (const one of markers) one.remove();
    };
  }, [shown, tiles.url]);

  return (
    <section className={classes.map} aria-label={t('map.title')}>
      <div ref={place} className={classes.canvas} dir="ltr" />
      {elsewhere > 0 && (
        <Text size="sm" className="quiet" mt={4}>
          {t('map.elsewhere', { count: elsewhere })}
        </Text>
      )}
    </section>
  );
}

/** @param name said of it, the number included */
function townButton(count: number, name: string, isChosen: boolean, press: () => void): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = classes.town!;
  button.title = name;
  button.setAttribute('aria-pressed', String(isChosen));
  const [seen, said] = [document.createElement('span'), document.createElement('span')];
  seen.textContent = String(count);
  seen.setAttribute('aria-hidden', 'true');
  said.textContent = name;
  said.className = 'visually-hidden';
  button.append(seen, said);
  DomEvent.disableClickPropagation(button);
  button.addEventListener('click', press);
  return button;
}

const pair = ([latitude, longitude]: Place): [number, number] => [latitude, longitude];

/** Leaflet takes markup. */
const escaped = (text: string): string => text.replace(/[&<>"]/g, (one) => `&#${one.codePointAt(0)};`);
