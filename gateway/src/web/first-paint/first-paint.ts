import { localeOf } from '@medflow/service-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { BASE_PATH } from '../../proxy/proxy.js';
import { directoryAnswer, doctorAnswer } from './answers.js';
import { inLanguage, withFirstPaint } from './page-template.js';
import { directoryPage, doctorPage, type FirstPaint, homePage, missingDoctor } from './pages.js';
import { LaterFiles, type PublicPage } from './later-files.js';
import { readTexts } from './texts.js';

/** As the client sends them. */
const FILTERS = ['q', 'specialization', 'city', 'language', 'maxPrice', 'mode', 'sort'];
const LONGEST_QUERY = 500;

export interface Painted {
  html: string;
  status: number;
  locale: string;
}

/** Public pages as the client will show them, before it has come. */
export class FirstPaints {
  private readonly texts;
  private readonly files;

  /** @param template the client's page */
  constructor(
    private readonly fastify: FastifyInstance,
    root: string,
    private readonly template: string,
  ) {
    this.texts = readTexts(root);
    this.files = new LaterFiles(root, template);
  }

  /** The page in the language of whoever asks, without anything in it. */
  plain(request: FastifyRequest): Painted {
    const locale = localeOf(request.headers['accept-language']);
    return { html: inLanguage(this.template, locale), status: 200, locale };
  }

  home(request: FastifyRequest): Painted {
    const { texts } = this.of(request);
    return texts ? this.painted(request, 'home', homePage(texts)) : this.plain(request);
  }

  async directory(request: FastifyRequest): Promise<Painted> {
    const { texts, locale } = this.of(request);
    if (!texts) return this.plain(request);
    const asked = new URL(request.url, 'http://page').searchParams;
    const query = new URLSearchParams([...asked].filter(([name, value]) => FILTERS.includes(name) && value !== ''));
    const isShort = query.toString().length <= LONGEST_QUERY;
    const answer = isShort ? await this.ask(request, `/doctors?${query}`, directoryAnswer) : undefined;
    return this.painted(request, 'directory', directoryPage(texts, locale, query, answer?.body));
  }

  async doctor(request: FastifyRequest, id: string): Promise<Painted> {
    const { texts, locale } = this.of(request);
    if (!texts) return this.plain(request);
    const answer = await this.ask(request, `/doctors/${encodeURIComponent(id)}`, doctorAnswer);
    if (answer?.status === 404) return this.painted(request, 'doctor', missingDoctor(texts));
    if (!answer?.body) return this.plain(request);
    return this.painted(request, 'doctor', doctorPage(texts, locale, answer.body, this.urlOf(request)));
  }

  private of(request: FastifyRequest) {
    const locale = localeOf(request.headers['accept-language']);
    return { locale, texts: this.texts?.[locale] };
  }

  private painted(request: FastifyRequest, page: PublicPage, paint: FirstPaint): Painted {
    const { locale, texts } = this.of(request);
    const files = this.files.of(page, locale);
    const html = withFirstPaint(this.template, paint, texts!, { locale, files, url: this.urlOf(request) });
    return { html, status: paint.status ?? 200, locale };
  }

  private urlOf(request: FastifyRequest): string | undefined {
    const { publicUrl } = this.fastify;
    return publicUrl === undefined ? undefined : new URL(request.url.split('?')[0]!, publicUrl).href;
  }

  /**
   * Asks through our own door, as the client would: with its quotas, and in the name of whoever opens the page.
   * @returns no body where the answer is not as it should be: the client asks again, and tells what is wrong
   */
  private async ask<T>(
    request: FastifyRequest,
    path: string,
    schema: z.ZodType<T>,
  ): Promise<{ status: number; body?: T } | undefined> {
    try {
      const { 'accept-language': language, host } = request.headers;
      const { statusCode: status, payload } = await this.fastify.inject({
        url: BASE_PATH + path,
        remoteAddress: request.ip,
        headers: { host: host ?? 'localhost', ...(language !== undefined && { 'accept-language': language }) },
      });
      return status === 200 ? { status, body: schema.parse(JSON.parse(payload)) } : { status };
    } catch (error) {
      request.log.warn({ err: error }, 'a first paint goes without its data');
      return undefined;
    }
  }
}
