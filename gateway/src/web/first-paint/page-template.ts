import type { Locale } from '@medflow/service-kit';
import { Html, jsonIn, markup } from './markup.js';
import type { FirstPaint } from './pages.js';
import type { Texts } from './texts.js';

const HEAD = /<meta\s+name="description"[^>]*>|<title>[^<]*<\/title>/g;
const ROOT = '<div id="root"></div>';
/** The client's own scripts, as its build names them; on a public page they come after its first paint. */
const SCRIPTS = /[ \t]*<link rel="modulepreload"[^>]*>\n?/g;

export interface Filling {
  locale: Locale;
  /** Of this installation, where it is known. */
  url?: string | undefined;
  /** Scripts and styles that come later, by their paths. */
  files: readonly string[];
}

/** The language of the page in its first tag. */
export const inLanguage = (template: string, locale: Locale): string =>
  template.replace(/<html[^>]*>/, (tag) =>
    tag.replace(/lang="\w+"/, `lang="${locale}"`).replace(/dir="\w+"/, `dir="${locale === 'ar' ? 'rtl' : 'ltr'}"`),
  );

/** For this very page, whose letters are drawn once (`font-display: optional`). */
const typeface = (path: string): Html =>
  markup`<link rel="preload" as="font" type="font/woff2" crossorigin href="${path}" />`;

const isTypeface = (path: string): boolean => path.endsWith('.woff2');

function linkTo(path: string): Html {
  if (path.endsWith('.css'))
    return markup`<link rel="preload" as="style" crossorigin href="${path}" fetchpriority="low" />`;
  return markup`<link rel="modulepreload" href="${path}" fetchpriority="low" />`;
}

/**
 * The client's page with what a public one says before any script has run, for people and for search engines. What that needs
 * comes first: `first-paint.js` takes the client's files out of their template once it is on the screen.
 */
export function withFirstPaint(template: string, paint: FirstPaint, texts: Texts, filling: Filling): string {
  const { locale, url, files } = filling;
  const title = `${paint.title} · MedFlow`;
  const scripts = new Html(template.match(SCRIPTS)?.join('') ?? '');
  const head = markup`<title>${title}</title>
    <meta name="description" content="${paint.description}" />
    <meta property="og:title" content="${title}" />
    <meta property="og:description" content="${paint.description}" />
    <meta property="og:type" content="website" />
    <meta property="og:site_name" content="MedFlow" />
    ${url && markup`<meta property="og:url" content="${url}" /><link rel="canonical" href="${url}" />`}
    ${files.filter(isTypeface).map(typeface)}
    <template id="after-paint">
      ${scripts}${files.filter((path) => !isTypeface(path)).map(linkTo)}
    </template>
    ${
      paint.about &&
      markup`<script type="application/ld+json">
        ${jsonIn(paint.about)}
      </script>`
    }`;
  const body = markup`<div id="root">
      <div class="first-paint">
        <header class="header">
          <div class="header-inner">
            <a href="/" class="brand"
              ><img src="/icon.svg" alt="" width="30" height="30" /><span class="brand-name">MedFlow</span></a
            >
            <nav aria-label="${texts.navigation}">
              <div class="links"><a href="/doctors">${texts.doctors}</a></div>
            </nav>
          </div>
        </header>
        <main id="content">${paint.body}</main>
      </div>
    </div>
    ${
      paint.data &&
      markup`<script type="application/json" id="first-data">
        ${jsonIn(paint.data)}
      </script>`
    }`;
  return inLanguage(template, locale)
    .replaceAll(HEAD, '')
    .replaceAll(SCRIPTS, '')
    .replace('</head>', () => `${head.source}</head>`)
    .replace(ROOT, () => body.source);
}
