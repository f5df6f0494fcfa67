import { randomBytes } from 'node:crypto';
import { eventually } from '@medflow/testing';
import type { Page } from 'playwright-core';
import { type Api, PASSWORD } from './api.js';

export const MOST_TABS = 25;

export const confirm = (page: Page) => page.getByRole('button', { name: 'Confirmer le rendez-vous' });
export const reason = (page: Page) => page.getByLabel(/^Motif de la visite/);
export const sent = (page: Page) => page.getByRole('heading', { name: 'Demande envoyée' });
/** A property of what has the focus. */
export const focused = (page: Page, what: string) => page.evaluate(`document.activeElement.${what}`) as Promise<string>;
export const fits = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth');
export const newEmail = () => `nouvelle-${randomBytes(5).toString('hex')}@example.tn`;

/** The fields of somebody new. */
export async function introduce(page: Page, email: string): Promise<void> {
  await page.getByLabel('Prénom', { exact: true }).fill('Amina');
  await page.getByLabel('Nom', { exact: true }).fill('Ben Youssef');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
}

/** What a letter to them links to, without the system's address. */
export const linkTo = (api: Api, email: string, page: string): Promise<string> =>
  eventually(async () => {
    const texts = (await api.letters(email)).map(({ text }) => text);
    return texts.map((text) => new RegExp(`/${page}#token=\\S+`).exec(text)?.[0]).find(Boolean);
  });

/** The keys of what is posted there from now on. */
export function sentTo(page: Page, path: string): string[] {
  const keys: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname === `/api/v1${path}`)
      keys.push(request.headers()['idempotency-key'] ?? '');
  });
  return keys;
}

/** As when too many slots of the day are kept for others. */
export const keepsNothing = (page: Page) =>
  page.route('**/slot-reservations', (route) => route.fulfill({ status: 409, json: { code: 'slot-not-reservable' } }));

/** What is sent there next arrives, and its answer does not come back. */
export const loseAnswer = (page: Page, path: string) =>
  page.route(
    `**/api/v1${path}`,
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );

/** Somebody without a mouse; their Tabs are counted. */
export class Keyboard {
  tabs = 0;

  constructor(private readonly page: Page) {}

  async tabTo(what: string, is: (value: string) => boolean): Promise<void> {
    do {
      await this.page.keyboard.press('Tab');
      this.tabs += 1;
    } while (this.tabs <= MOST_TABS && !is(await focused(this.page, what)));
  }

  /** From where the confirmation puts the focus, in the order of its fields. */
  async confirmAsNewcomer(): Promise<void> {
    await confirm(this.page).waitFor();
    for (const [field, typed] of [
      ['firstName', 'Amina'],
      ['lastName', 'Ben Youssef'],
      ['email', newEmail()],
      ['password', PASSWORD],
    ] as const) {
      await this.tabTo('name', (name) => name === field);
      await this.page.keyboard.type(typed);
    }
    await this.tabTo('textContent', (text) => text === 'Confirmer le rendez-vous');
    await this.page.keyboard.press('Enter');
    await sent(this.page).waitFor();
    console.log(`Tabs of somebody new: ${this.tabs}`);
  }
}
