/** Tunisian towns, as profiles write them, and what they are called in Arabic. */
export const arabicCities: Readonly<Record<string, string>> = {
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

/** Profiles may write any other. */
export const cities = Object.keys(arabicCities);

/** What a town is called by who reads; towns that are not known keep the name that the profile has. */
export const cityName = (city: string, language: string): string => (language === 'ar' && arabicCities[city]) || city;
