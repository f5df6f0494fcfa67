import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Door, type Way, ways } from './door.js';

const web = mkdtempSync(join(tmpdir(), 'medflow-web-'));
/** The client's page as it is written; what the build adds to it matters to browsers only. */
const template = readFileSync(fileURLToPath(new URL('../../web/index.html', import.meta.url)), 'utf8');

const saying = (language: string, names: string[]) =>
  Object.fromEntries(names.map((name) => [name, `${language} ${name}`]));
const textsOf = (language: string) => ({
  descriptions: {
    ...saying(language, ['home', 'doctors']),
    doctor: '{{name}} in {{city}}: {{specializations}}',
  },
  ...saying(language, ['skip', 'navigation', 'doctors', 'price']),
  average: '{{average}} / 5',
  doctorName: `${language} {{name}}`,
  home: saying(language, [
    'title',
    'lead',
    'what',
    'find',
    'popular',
    'how',
    'step1',
    'step1Text',
    'step2',
    'step2Text',
    'step3',
    'step3Text',
  ]),
  directory: saying(language, ['title', 'query', 'filters', 'results', 'none', 'noneText', 'noReviews']),
  doctor: saying(language, ['about', 'qualifications', 'experience', 'languages', 'place', 'missing']),
  specializations: { cardiology: `${language} heart` },
  cities: { Tunis: `${language} Tunis` },
  languages: { fr: `${language} French` },
});
const manifest = {
  'src/features/booking/doctor-page.tsx': {
    file: 'assets/doctor.js',
    css: ['assets/doctor.css'],
    imports: ['_shared.js'],
  },
  '_shared.js': { file: 'assets/shared.js' },
  'src/lib/i18n/ar.ts': { file: 'assets/ar.js' },
  '../node_modules/@fontsource-variable/rubik/files/rubik-arabic-wght-normal.woff2': { file: 'assets/arabic.woff2' },
};

const evil = '</script><img src=x onerror=alert(1)>"\'&';
const doctor = {
  id: 'd1',
  firstName: 'Leïla',
  lastName: `Ben ${evil}`,
  specializations: ['cardiology'],
  city: 'Tunis',
  languages: ['fr'],
  price: { amount: 60_000, currency: 'TND' },
  rating: { average: 4.5, count: 12 },
  nextAvailableAt: null,
  biography: evil,
  qualifications: [evil],
  experience: [],
  address: '1, rue de Marseille',
};

describe.each(ways)('the first paint of a public page, services asked %s', (way: Way) => {
  let door: Door;
  beforeAll(async () => {
    mkdirSync(join(web, '.vite'), { recursive: true });
    writeFileSync(join(web, 'index.html'), template);
    writeFileSync(
      join(web, '.vite/first-paint.json'),
      JSON.stringify({ fr: textsOf('fr'), en: textsOf('en'), ar: textsOf('ar') }),
    );
    writeFileSync(join(web, '.vite/manifest.json'), JSON.stringify(manifest));
    door = await Door.open({ WEB_ROOT: web, PUBLIC_URL: 'https://clinic.example' }, {}, way);
    door.services.profiles.knows('/doctors/d1', doctor);
    door.services.profiles.knows('/doctors', { items: [doctor], nextCursor: null });
  });
  beforeEach(() => door.services.profiles.recovers());
  afterAll(() => door.close());

  const open = async (path: string, language = 'fr') => {
    const answer = await fetch(door.harness.url + path, {
      headers: { accept: 'text/html', 'accept-language': language },
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const dataOf = (text: string, attribute: string) =>
    JSON.parse(new RegExp(`<script ${attribute}>([^<]*)</script>`).exec(text)![1]!) as Record<string, unknown>;

  it('says who a doctor is, to people, search engines and the client, and nothing that a doctor wrote is markup', async () => {
    const { status, text, headers } = await open('/doctors/d1');
    expect([status, headers.get('content-language')]).toEqual([200, 'fr']);
    expect(text).not.toContain('<img src=x');
    expect(text).toContain('fr Leïla Ben &lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;');
    expect(text).toMatch(/<title>fr Leïla Ben [^<]*&gt;&quot;&#39;&amp; · MedFlow<\/title>/);
    expect(text).toContain('in fr Tunis: fr heart"');
    expect(text).toContain('60');
    expect(text).toContain('★ 4,5 / 5 (12)');
    expect(text).toContain('<link rel="canonical" href="https://clinic.example/doctors/d1"');
    expect(dataOf(text, 'type="application/ld\\+json"')).toMatchObject({
      '@type': 'Physician',
      name: `fr Leïla Ben ${evil}`,
      url: 'https://clinic.example/doctors/d1',
      aggregateRating: { ratingValue: 4.5, reviewCount: 12 },
    });
    expect(dataOf(text, 'type="application/json" id="first-data"')).toEqual({ doctor });
    expect(text.match(/<title>/g)).toHaveLength(1);
    expect(text.match(/name="description"/g)).toHaveLength(1);
  });

  it('names the scripts and styles that the client will ask for next, to be loaded once it has been painted', async () => {
    const { text } = await open('/doctors/d1', 'ar');
    const later = /<template id="after-paint">[^]*?<\/template>/.exec(text)![0];
    expect(text.replace(later, '')).not.toMatch(/modulepreload|as="style"/);
    expect([...later.matchAll(/modulepreload" href="([^"]+)"/g)].map(([, path]) => path)).toEqual([
      '/assets/doctor.js',
      '/assets/shared.js',
      '/assets/ar.js',
    ]);
    expect(text).toContain('<link rel="preload" as="style" crossorigin href="/assets/doctor.css"');
    expect(text).toContain('<link rel="preload" as="font" type="font/woff2" crossorigin href="/assets/arabic.woff2"');
    expect((await open('/doctors/d1', 'en')).text).not.toContain('as="font"');
  });

  it('is 404 for a doctor whom nobody knows, and says so', async () => {
    const { status, text } = await open('/doctors/nobody', 'en');
    expect(status).toBe(404);
    expect(text).toContain('en missing');
    expect(text).not.toContain('first-data');
  });

  it('lists the doctors of a search, asked as the client would', async () => {
    const { text } = await open('/doctors?q=c%26ur&city=Tunis&utm=x&sort=', 'en');
    const [asked] = door.services.profiles.asked;
    expect([asked!.path, asked!.headers['accept-language']]).toEqual(['/doctors?q=c%26ur&city=Tunis', 'en']);
    expect(text).toContain('<a href="/doctors/d1">en Leïla');
    expect(text).toContain('name="q" value="c&amp;ur"');
    expect(dataOf(text, 'type="application/json" id="first-data"')).toEqual({
      directory: { query: { q: 'c&ur', city: 'Tunis' }, page: { items: [doctor], nextCursor: null } },
    });
  });

  it('is in the language of whoever asks, in its direction', async () => {
    const { text, headers } = await open('/', 'ar-TN,ar;q=0.9');
    expect(text).toMatch(/^<!doctype html>\s*<html lang="ar" dir="rtl"/);
    expect(text).toContain('<h1>ar title</h1>');
    expect(headers.get('vary')).toContain('accept-language');
    expect((await open('/sign-in', 'ar')).text).toMatch(/<html lang="ar" dir="rtl"/);
  });

  it('is the client alone where the service does not answer: it asks again, and tells', async () => {
    door.services.profiles.fails((response) => response.writeHead(500).end('{}'));
    for (const path of ['/doctors/d1', '/doctors']) {
      const { status, text } = await open(path);
      expect(status).toBe(200);
      expect(text).not.toContain('first-data');
    }
  });

  it('counts as the client’s own question', async () => {
    const counted = await Door.open({ WEB_ROOT: web, MEDFLOW_RATE_LIMITS: 'on' }, {}, way);
    try {
      counted.services.profiles.knows('/doctors', { items: [], nextCursor: null });
      const ask = () => fetch(`${counted.harness.url}/doctors`, { headers: { accept: 'text/html' } });
      const left = async () =>
        Number((await fetch(`${counted.harness.url}/api/v1/doctors`)).headers.get('x-ratelimit-remaining'));
      const before = await left();
      await ask();
      expect(await left()).toBe(before - 2);
    } finally {
      await counted.close();
    }
  });

  it('is asked of search engines for public pages only', async () => {
    door.services.profiles.fails((response) => response.writeHead(500).end('{}'));
    expect((await open('/sitemap.xml')).status).toBe(503);
    door.services.profiles.recovers();
    const robots = await open('/robots.txt');
    expect(robots.text).toContain('Disallow: /api/\n');
    expect(robots.text).toContain('Sitemap: https://clinic.example/sitemap.xml');
    const { text, headers } = await open('/sitemap.xml');
    expect(headers.get('content-type')).toContain('application/xml');
    expect([...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url]) => url)).toEqual(
      ['/', '/doctors', '/doctors/d1'].map((path) => `https://clinic.example${path}`),
    );
    expect((await open('/sign-in')).headers.get('x-robots-tag')).toBe('noindex');
    expect((await open('/doctors')).headers.get('x-robots-tag')).toBeNull();
  });
});

afterAll(() => rmSync(web, { recursive: true, force: true }));
