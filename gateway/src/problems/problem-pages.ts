import { randomBytes } from 'node:crypto';
import { acceptedLocaleOf, type Locale, localeOf } from '@medflow/service-kit';
import type { FastifyInstance } from 'fastify';
import { refuse } from '../proxy/problems.js';
import { contentSecurityPolicy } from '../security/headers.js';
import type { PageTexts, ProblemText } from './page-texts.js';
import { texts } from './texts.js';

const style = `:root{color-scheme:light dark}
body{margin:0;font:1rem/1.6 system-ui,'Segoe UI',Tahoma,Arial,sans-serif;background:light-dark(#f4f8f8,#0f1a1e);color:light-dark(#12303a,#e3eef0)}
main,nav{max-width:40rem;margin:0 auto;padding:1.5rem 1rem}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:center;padding-block-end:0}
nav strong{margin-inline-end:auto;font-size:1.25rem}
a{color:light-dark(#0b5563,#7fd3e0)}
nav a{padding-block:.4rem}
main{background:light-dark(#fff,#16262b);border-radius:.75rem;margin-block:1rem}
h1{font-size:1.5rem;line-height:1.3;margin-block-start:0}
h2{font-size:1rem;margin-block-end:0}
p{margin-block:.25rem 1rem}
@media(min-width:42rem){main{padding:2rem}}`;

const locales = Object.keys(texts) as Locale[];

function pageOf(code: string, [title, meaning, advice]: ProblemText, locale: Locale, nonce: string): string {
  const words: PageTexts = texts[locale];
  const languages = locales
    .filter((other) => other !== locale)
    .map((other) => `<a href="?lang=${other}" lang="${other}" hreflang="${other}">${texts[other].language}</a>`);
  return `<!doctype html>
<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · MedFlow</title>
<link rel="icon" href="/icon.svg">
<style nonce="${nonce}">${style}</style>
</head>
<body>
<nav><strong>MedFlow</strong>${languages.join('')}</nav>
<main>
<h1>${title}</h1>
<h2>${words.means}</h2>
<p>${meaning}</p>
<h2>${words.advice}</h2>
<p>${advice}</p>
${code === 'internal-error' ? `<p>${words.again}</p>\n` : ''}<p>${words.code} <code dir="ltr">${code}</code></p>
<p><a href="/">${words.home}</a></p>
</main>
</body>
</html>`;
}

/** The pages that the `type` of a problem leads to (RFC 9457 §3.1.1): what it means and what to do. */
export function serveProblemPages(fastify: FastifyInstance): void {
  fastify.get<{ Params: { code: string }; Querystring: { lang?: unknown } }>('/problems/:code', (request, reply) => {
    const { code } = request.params;
    const chosen = typeof request.query.lang === 'string' ? acceptedLocaleOf(request.query.lang) : undefined;
    const locale = chosen ?? localeOf(request.headers['accept-language']);
    const { problems } = texts[locale];
    const text = Object.hasOwn(problems, code) ? problems[code] : undefined;
    if (!text) return refuse(request, reply, 404, 'not-found');
    const nonce = randomBytes(16).toString('base64url');
    return reply
      .header('content-security-policy', contentSecurityPolicy({ nonce }))
      .header('content-language', locale)
      .header('vary', 'accept-language')
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(pageOf(code, text, locale, nonce));
  });
}
