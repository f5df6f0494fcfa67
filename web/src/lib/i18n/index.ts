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

export const directionOf = (language: string): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr');

const isLanguage = (value: string | null): value is Language => languages.some((language) => language === value);

type Loaders = Record<Language, () => Promise<object>>;

/** Texts of pages that few open, by the name under which they are found; from then on in every language that is shown. */
const parts = new Map<string, Loaders>();

async function addPart(language: Language, name: string, loaders: Loaders): Promise<void> {
  if (!i18next.exists(name, { lng: language, fallbackLng: [], returnObjects: true }))
    i18next.addResourceBundle(language, 'translation', { [name]: await loaders[language]() }, true);
}

/** For whatever needs the texts: resolves when they are there in the language that is shown. */
export function withTexts(name: string, loaders: Loaders): Promise<void> {
  parts.set(name, loaders);
  return addPart(i18next.language as Language, name, loaders);
}

async function show(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation'))
    i18next.addResourceBundle(language, 'translation', await load[language]());
  await Promise.all([...parts].map(([name, loaders]) => addPart(language, name, loaders)));
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
