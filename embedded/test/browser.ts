import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { PASSWORD } from './api.js';
import { root } from './processes.js';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A camera that shows a clock (ten pictures a second: three people are encoded on one machine here), a microphone that beeps, and nobody who has to allow them. */
export const withFakeDevices = [
  '--use-fake-device-for-media-stream=fps=10',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
];

export const launch = (more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...flags, ...more] });

/** A person's own browser: a context of its own, in a time zone and a size. */
export async function newVisitor(
  browser: Browser,
  {
    width = 1280,
    height = 900,
    language = 'fr',
    dark = false,
    scripts = true,
    /** `allow`: files and pages come through one, as people have it; most suites look at what is served. */
    serviceWorkers = 'block' as 'block' | 'allow',
  } = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'fr-FR',
    timezoneId: 'Africa/Tunis',
    colorScheme: dark ? 'dark' : 'light',
    serviceWorkers,
    javaScriptEnabled: scripts,
  });
  await context.addInitScript(`localStorage.setItem('medflow.language', '${language}')`);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return new Visitor(context, page);
}

/** Somebody at the screen; what their console complains of, and what axe finds, is kept. */
export class Visitor {
  readonly complaints: string[] = [];
  readonly barriers: string[] = [];

  constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('console', (message) => {
      // A refused request is part of some journeys; everything else is a fault of ours.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  /** Lets axe-core look at the page as it stands, and keeps a picture where `SCREENSHOTS` names a folder. */
  async inspect(name: string): Promise<void> {
    await this.page.waitForLoadState('networkidle');
    await this.page.waitForTimeout(350);
    if (process.env.SCREENSHOTS) {
      await mkdir(process.env.SCREENSHOTS, { recursive: true });
      await this.page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`), fullPage: true });
    }
    // Through the protocol, which the page's content security policy does not concern.
    await this.page.evaluate(axe.source);
    const { violations } = (await this.page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
      violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
    };
    for (const { id, nodes } of violations)
      this.barriers.push(
        `${name}: ${id}: ${nodes
          .map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`)
          .join(' | ')
          .slice(0, 600)}`,
      );
  }
}

/** Through the page, as people do. */
export async function signIn(
  { page }: Visitor,
  url: string,
  { email, password = PASSWORD }: { email: string; password?: string },
): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.locator('main button[type=submit]').click();
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
}

/** The doctor's page's day of the slot, in whatever month, and its button there. */
export async function slotOnPage(
  page: Page,
  { startsAt }: { startsAt: string },
  timeZone = 'Africa/Tunis',
): Promise<Locator> {
  await page.locator('.booker [data-day]').first().waitFor();
  const date = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const day = page.locator(`[data-day="${date.format(new Date(startsAt))}"]`);
  if ((await day.count()) === 0) await page.locator('.booker button:has(.turn)').last().click();
  await day.click();
  return page.locator(`.slots [data-at="${startsAt}"]`);
}

export const webClient = join(root, 'web/dist');
