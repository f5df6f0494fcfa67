import type { Locale } from '@medflow/service-kit';
import type { DirectoryAnswer, DoctorAnswer, DoctorInList } from './answers.js';
import { markup, Html } from './markup.js';
import { filled, type Texts } from './texts.js';

/** What a public page shows before any script has run. */
export interface FirstPaint {
  /** Without the name of the product. */
  title: string;
  description: string;
  body: Html;
  /** schema.org, as JSON-LD. */
  about?: object;
  /** What the client would ask the API for next, by the name that it knows it under. */
  data?: Record<string, unknown>;
  status?: number;
}

/** As the client's `tagOf`: Arabic with the digits in use in Tunisia. */
const tags: Record<Locale, string> = { fr: 'fr-FR', en: 'en-GB', ar: 'ar-TN' };

/** As on the client's landing page. */
const popular = [
  'general-practice',
  'pediatrics',
  'cardiology',
  'dermatology',
  'gynecology',
  'dentistry',
  'psychology',
  'ophthalmology',
];

export function homePage(texts: Texts): FirstPaint {
  const { home, specializations } = texts;
  const steps = [
    [home.step1, home.step1Text],
    [home.step2, home.step2Text],
    [home.step3, home.step3Text],
  ] as const;
  const body = markup`<section class="hero">
      <div>
        <h1>${home.title}</h1>
        <p class="quiet">${home.lead}</p>
        ${searchForm(home.what, home.find)}
      </div>
    </section>
    <h2>${home.popular}</h2>
    <p class="chips">
      ${popular.map((code) => markup`<a href="/doctors?specialization=${code}">${specializations[code] ?? code}</a> `)}
    </p>
    <h2>${home.how}</h2>
    <ol class="steps">
      ${steps.map(
        ([name, what]) =>
          markup`<li class="card">
            <strong>${name}</strong>
            <p class="quiet">${what}</p>
          </li>`,
      )}
    </ol>`;
  return { title: home.title, description: texts.descriptions.home, body };
}

/** Works without a script as well. */
const searchForm = (label: string, button: string, value = ''): Html =>
  markup`<form role="search" action="/doctors" class="first-search">
    <label>${label} <input type="search" name="q" value="${value}" /></label> <button>${button}</button>
  </form>`;

export function directoryPage(
  texts: Texts,
  locale: Locale,
  query: URLSearchParams,
  answer?: DirectoryAnswer,
): FirstPaint {
  const { directory } = texts;
  const doctors = answer?.items.map((doctor) => markup`<li class="card">${summaryOf(doctor, texts, locale)}</li>`);
  const body = markup`<h1>${directory.title}</h1>
    <div class="directory">
      <div class="card filters">${searchForm(directory.query, texts.home.find, query.get('q') ?? '')}</div>
      <section aria-label="${directory.results}">
        ${
          doctors?.length === 0 &&
          markup`<p><strong>${directory.none}</strong></p>
            <p>${directory.noneText}</p>`
        }
        <ul class="list">
          ${doctors}
        </ul>
      </section>
    </div>`;
  return {
    title: directory.title,
    description: texts.descriptions.doctors,
    body,
    ...(answer && { data: { directory: { query: Object.fromEntries(query), page: answer } } }),
  };
}

function summaryOf(doctor: DoctorInList, texts: Texts, locale: Locale): Html {
  return markup`<h2><a href="/doctors/${doctor.id}">${nameOf(doctor, texts)}</a></h2>
    <p>${specializationsOf(doctor, texts)}</p>
    <p class="quiet">${ratingOf(doctor, texts, locale)}</p>
    <p class="quiet">${cityOf(doctor, texts)} · ${languagesOf(doctor, texts)}</p>
    <p><strong>${moneyOf(doctor, locale)}</strong></p>`;
}

export function doctorPage(texts: Texts, locale: Locale, doctor: DoctorAnswer, url?: string): FirstPaint {
  const name = nameOf(doctor, texts);
  const specializations = specializationsOf(doctor, texts);
  const lists = [
    [texts.doctor.qualifications, doctor.qualifications],
    [texts.doctor.experience, doctor.experience],
  ] as const;
  const body = markup`<h1>${name}</h1>
    <div class="doctor-page">
      <div>
        <p>${specializations}</p>
        <p class="quiet">${ratingOf(doctor, texts, locale)}</p>
        <dl class="facts card">
          <dt>${texts.price}</dt>
          <dd>${moneyOf(doctor, locale)}</dd>
          <dt>${texts.doctor.place}</dt>
          <dd>${[doctor.address, cityOf(doctor, texts)].filter(Boolean).join(', ')}</dd>
          <dt>${texts.doctor.languages}</dt>
          <dd>${languagesOf(doctor, texts)}</dd>
        </dl>
        <h2>${texts.doctor.about}</h2>
        <p class="as-written">${doctor.biography}</p>
        ${lists.map(
          ([title, items]) =>
            items.length > 0 &&
            markup`<h2>${title}</h2>
              <ul>
                ${items.map((item) => markup`<li>${item}</li>`)}
              </ul>`,
        )}
      </div>
    </div>`;
  return {
    title: name,
    description: filled(texts.descriptions.doctor, { name, specializations, city: cityOf(doctor, texts) }),
    body,
    about: physicianOf(doctor, name, url),
    data: { doctor },
  };
}

/** Nobody is known by that id, any more perhaps. */
export const missingDoctor = (texts: Texts): FirstPaint => ({
  title: texts.directory.title,
  description: texts.descriptions.doctors,
  body: markup`<h1>${texts.directory.title}</h1>
    <p>${texts.doctor.missing}</p>
    <p><a href="/doctors">${texts.doctors}</a></p>`,
  status: 404,
});

/** https://schema.org/Physician */
function physicianOf(doctor: DoctorAnswer, name: string, url?: string): object {
  const { average, count } = doctor.rating;
  return {
    '@context': 'https://schema.org',
    '@type': 'Physician',
    name,
    ...(url !== undefined && { url }),
    description: doctor.biography,
    medicalSpecialty: doctor.specializations,
    knowsLanguage: doctor.languages,
    address: {
      '@type': 'PostalAddress',
      ...(doctor.address && { streetAddress: doctor.address }),
      addressLocality: doctor.city,
    },
    priceRange: moneyOf(doctor, 'en'),
    ...(count > 0 &&
      average !== null && {
        aggregateRating: { '@type': 'AggregateRating', ratingValue: average, reviewCount: count, bestRating: 5 },
      }),
  };
}

const nameOf = ({ firstName, lastName }: DoctorInList, texts: Texts): string =>
  filled(texts.doctorName, { name: `${firstName} ${lastName}` });

const specializationsOf = ({ specializations }: DoctorInList, texts: Texts): string =>
  specializations.map((code) => texts.specializations[code] ?? code).join(', ');

const cityOf = ({ city }: DoctorInList, texts: Texts): string => texts.cities[city] ?? city;

const languagesOf = ({ languages }: DoctorInList, texts: Texts): string =>
  languages.map((code) => texts.languages[code] ?? code).join(', ');

function ratingOf({ rating: { average, count } }: DoctorInList, texts: Texts, locale: Locale): string {
  if (count === 0 || average === null) return texts.directory.noReviews;
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const shown = new Intl.NumberFormat(tags[locale], digits).format(average);
  return `★ ${filled(texts.average, { average: shown })} (${count})`;
}

/** « 60 TND »: decimals only where there are any. */
function moneyOf({ price: { amount, currency } }: DoctorInList, locale: Locale): string {
  const style = { style: 'currency', currency, currencyDisplay: 'code' } as const;
  const decimals = new Intl.NumberFormat('en', style).resolvedOptions().maximumFractionDigits ?? 2;
  const major = amount / 10 ** decimals;
  const minimumFractionDigits = Number.isInteger(major) ? 0 : decimals;
  return new Intl.NumberFormat(tags[locale], { ...style, minimumFractionDigits }).format(major);
}
