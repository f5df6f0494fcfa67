import { arabicCities } from '../lib/cities';
import { ar } from '../lib/i18n/ar';
import { en } from '../lib/i18n/en';
import { fr, type Texts } from '../lib/i18n/fr';

/** What search engines and shared links say of the public pages. */
interface Descriptions {
  home: string;
  doctors: string;
  /** `{{name}}`, `{{specializations}}`, `{{city}}` */
  doctor: string;
}

const descriptions = {
  fr: {
    home: 'Trouvez un docteur en Tunisie, prenez rendez-vous en ligne et consultez en vidéo ou au cabinet.',
    doctors: 'Docteurs par spécialité, ville, langue et prix, avec leurs créneaux réellement libres.',
    doctor: '{{name}}, {{specializations}}, {{city}} : prix, avis et créneaux libres. Prenez rendez-vous en ligne.',
  },
  en: {
    home: 'Find a doctor in Tunisia, book online and meet by video or at the practice.',
    doctors: 'Doctors by specialty, city, language and price, with the times that are really free.',
    doctor: '{{name}}, {{specializations}}, {{city}}: price, reviews and free times. Book online.',
  },
  ar: {
    home: 'ابحث عن طبيب في تونس، واحجز موعدك على الإنترنت، واستشره بالفيديو أو في العيادة.',
    doctors: 'أطباء حسب الاختصاص والمدينة واللغة والسعر، مع أوقاتهم المتاحة فعلًا.',
    doctor: '{{name}}، {{specializations}}، {{city}}: السعر والتقييمات والأوقات المتاحة. احجز على الإنترنت.',
  },
} satisfies Record<string, Descriptions>;

/** What the gateway's first paint of the public pages says, in the words of the pages themselves. */
const publicTexts = (texts: Texts, described: Descriptions, cities: Readonly<Record<string, string>> = {}) => ({
  descriptions: described,
  skip: texts.common.skip,
  navigation: texts.common.mainNavigation,
  doctorName: texts.common.doctorName,
  home: texts.home,
  specializations: texts.specializations,
  directory: texts.directory,
  doctors: texts.nav.doctors,
  doctor: texts.doctor,
  price: texts.booking.price,
  average: texts.feedback.average,
  languages: texts.languages,
  /** Those with a name of their own in this language. */
  cities,
});

export const firstPaintTexts = {
  fr: publicTexts(fr, descriptions.fr),
  en: publicTexts(en, descriptions.en),
  ar: publicTexts(ar, descriptions.ar, arabicCities),
};
