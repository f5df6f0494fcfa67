/** Degrees of latitude north and longitude east. */
export type Place = readonly [latitude: number, longitude: number];

/** Of the towns of `cities`, their middle; two digits are a kilometre, which is as much as a profile says. */
const places: Readonly<Record<string, Place>> = {
  Tunis: [36.81, 10.18],
  Ariana: [36.86, 10.19],
  'Ben Arous': [36.75, 10.22],
  'La Manouba': [36.81, 10.1],
  'La Marsa': [36.88, 10.32],
  'Le Bardo': [36.81, 10.14],
  Carthage: [36.85, 10.33],
  'La Goulette': [36.82, 10.3],
  Béja: [36.73, 9.18],
  Bizerte: [37.27, 9.87],
  Gabès: [33.88, 10.1],
  Gafsa: [34.43, 8.78],
  Hammamet: [36.4, 10.62],
  'Houmt Souk': [33.88, 10.86],
  Djerba: [33.81, 10.85],
  Jendouba: [36.5, 8.78],
  Kairouan: [35.68, 10.1],
  Kasserine: [35.17, 8.84],
  Kébili: [33.7, 8.97],
  'Le Kef': [36.17, 8.7],
  Mahdia: [35.5, 11.06],
  Médenine: [33.35, 10.51],
  Monastir: [35.76, 10.81],
  Nabeul: [36.46, 10.74],
  Sfax: [34.74, 10.76],
  'Sidi Bouzid': [35.04, 9.48],
  Siliana: [36.09, 9.37],
  Sousse: [35.83, 10.64],
  Tataouine: [32.93, 10.45],
  Tozeur: [33.92, 8.13],
  Zaghouan: [36.4, 10.14],
  Zarzis: [33.5, 11.11],
};

/** Where the town is; undefined for one that is not known. */
export const placeOf = (city: string): Place | undefined => (Object.hasOwn(places, city) ? places[city] : undefined);
