import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['fr', 'en', 'ar'] as const;
export type Language = (typeof languages)[number];
const KEPT = 'medflow.language';

/** One language is loaded at a time. */
const load = {
  fr: async () => (await import('./fr')).fr,
  en: async () => (await import('./en')).en,
  ar: async () => (await import('./ar')).ar,
} satisfies Record<Language, () => Promise<object>>;

/** Texts of single pages, under a name of their own; they come with the page. */
const ofPages = {
  call: {
    fr: async () => (await import('./call/fr')).callFr,
    en: async () => (await import('./call/en')).callEn,
    ar: async () => (await import('./call/ar')).callAr,
  },
} satisfies Record<string, Record<Language, () => Promise<object>>>;
const wanted = new Set<keyof typeof ofPages>();

export const directionOf = (language: string): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr');

const isLanguage = (value: string | null): value is Language => languages.some((language) => language === value);

async function addTextsOfPages(language: Language): Promise<void> {
  for (const name of wanted) {
    if (i18next.exists(name, { lng: language, returnObjects: true })) continue;
    i18next.addResourceBundle(language, 'translation', { [name]: await ofPages[name][language]() }, true);
  }
}

/** Before a page that has texts of its own is shown. */
export async function textsOf(name: keyof typeof ofPages): Promise<void> {
  wanted.add(name);
  await addTextsOfPages(i18next.language as Language);
}

async function show(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation'))
    i18next.addResourceBundle(language, 'translation', await load[language]());
  await addTextsOfPages(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

/** The language chosen last time, else that of the page, which the gateway wrote in the browser's. */
export async function startLanguages(): Promise<void> {
  const kept = localStorage.getItem(KEPT);
  await i18next.use(initReactI18next).init({
    lng: 'fr',
    fallbackLng: 'fr',
    resources: {},
    interpolation: { escapeValue: false },
    showSupportNotice: false,
  } as never);
  const { lang } = document.documentElement;
  await show([kept, lang].find(isLanguage) ?? 'fr');
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEPT, language);
  await show(language);
}
