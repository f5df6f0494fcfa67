import { joined, wordsOf } from './normalise.js';

/** Tunisian towns as doctors write them in Latin letters, and their Arabic names. */
const arabic: Readonly<Record<string, string>> = {
  Tunis: 'تونس',
  Ariana: 'أريانة',
  'Ben Arous': 'بن عروس',
  'La Manouba': 'منوبة',
  'La Marsa': 'المرسى',
  'Le Bardo': 'باردو',
  Carthage: 'قرطاج',
  'La Goulette': 'حلق الوادي',
  Béja: 'باجة',
  Bizerte: 'بنزرت',
  Gabès: 'قابس',
  Gafsa: 'قفصة',
  Hammamet: 'الحمامات',
  'Houmt Souk': 'حومة السوق',
  Djerba: 'جربة',
  Jendouba: 'جندوبة',
  Kairouan: 'القيروان',
  Kasserine: 'القصرين',
  Kébili: 'قبلي',
  'Le Kef': 'الكاف',
  Mahdia: 'المهدية',
  Médenine: 'مدنين',
  Monastir: 'المنستير',
  Nabeul: 'نابل',
  Sfax: 'صفاقس',
  'Sidi Bouzid': 'سيدي بوزيد',
  Siliana: 'سليانة',
  Sousse: 'سوسة',
  Tataouine: 'تطاوين',
  Tozeur: 'توزر',
  Zaghouan: 'زغوان',
  Zarzis: 'جرجيس',
};

/** Both spellings of each known town, by either of them without case, accents and gaps. */
const towns = new Map(
  Object.entries(arabic).flatMap((spellings) => spellings.map((spelling) => [joined(spelling), spellings] as const)),
);

/** Every spelling of a town that is known under several, else the one given. */
const spellingsOf = (city: string): readonly string[] => towns.get(joined(city)) ?? [city];

/** The same for all spellings of a town: « تونس », « TUNIS », « tunis ». */
export const cityKey = (city: string): string => joined(spellingsOf(city)[0]!);

/** The words by which typing finds a town in either script. */
export const cityWords = (city: string): string[] =>
  spellingsOf(city).flatMap((name) => [...wordsOf(name), joined(name)]);
