import type { Locator, Page } from 'playwright-core';
import type { Hours } from './api.js';

const zone = 'Africa/Tunis';
const price = { amount: 60_000, currency: 'TND' };

export const dayAfter = (days: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(Date.now() + days * 86_400_000);

export const hours = (weekday: number, start: string, end: string): Hours => {
  return { weekday, start, end, slotMinutes: 30, mode: 'video', price };
};

export const morningsAndAfternoons = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => [
  hours(weekday, '09:00', '12:00'),
  hours(weekday, '14:00', '17:00'),
]);

export async function publish(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Publier', exact: true });
  await button.click();
  // An earlier word of it may still be shown.
  await page.getByText('Disponibilités publiées').first().waitFor();
  await button.waitFor({ state: 'detached' });
}

/** Of the grid or of the list. */
export function rangeOn(page: Page, day: string, times: string): Locator {
  const [start, end] = times.split('–');
  return page.locator('[data-range]').filter({ hasText: new RegExp(`${day}\\s+.?${start}–${end}`) });
}

export const focusIn = (page: Page): Promise<string> =>
  page.evaluate('document.activeElement.textContent') as Promise<string>;
