import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { everyDay, type Person } from './api.js';
import { launch, newVisitor, type Visitor } from './browser.js';
import { confirm, introduce, newEmail, sent } from './confirmation-page.js';
import { System } from './system.js';

/** In the second day's hours or after: nothing of it is past, whenever the suite runs. */
const LATER = 20;

describe('the slot that is kept for who confirms it, in a real browser', () => {
  let system: System;
  let browser: Browser;
  let doctor: Person;
  let nextSlot = LATER;
  const visitors: Visitor[] = [];

  const visit = async (options: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> => {
    const visitor = await newVisitor(browser, options);
    visitors.push(visitor);
    return visitor;
  };

  /** A slot of its own for every test. */
  const freeSlot = async () => (await system.api.slots(doctor.id))[(nextSlot += 3)]!;
  const confirmationOf = ({ id, startsAt }: { id: string; startsAt: string }) =>
    `${system.url}/doctors/${doctor.id}/book?${new URLSearchParams({ slot: id, at: startsAt })}`;

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off' } }),
      launch(),
    ]);
    doctor = await system.api.publishDoctor({ weekly: everyDay('09:00', '17:00', 30) });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  it('is offered to nobody else, over a reload and from tab to tab, until one leaves', async () => {
    const slot = await freeSlot();
    const isOffered = async () => (await system.api.slots(doctor.id)).some(({ id }) => id === slot.id);
    const visitor = await visit();
    const { page, context } = visitor;
    const kept = (of: Page) => of.getByText('Ce créneau vous est gardé jusqu’à');
    await page.goto(confirmationOf(slot));
    await kept(page).waitFor();
    const said = await kept(page).textContent();
    expect(await isOffered()).toBe(false);
    const tab = await context.newPage();
    for (const again of [page.reload(), tab.goto(confirmationOf(slot))]) await again;
    for (const one of [page, tab]) {
      await kept(one).waitFor();
      expect(await kept(one).textContent()).toBe(said);
    }
    await tab.close();

    const late = await visit();
    await late.page.goto(confirmationOf(slot));
    await late.page.getByRole('heading', { name: 'Ce créneau n’est plus libre' }).waitFor();
    await late.inspect('garde-2-pour-un-autre');
    await late.page
      .getByRole('button', { name: /^Choisir / })
      .first()
      .click();
    await kept(late.page).waitFor();

    await page.getByRole('link', { name: 'Choisir un autre créneau' }).click();
    await eventually(isOffered);
  }, 60_000);

  it('is told when five minutes are over, and books all the same', async () => {
    const visitor = await visit({ width: 360, height: 740 });
    const { page } = visitor;
    await page.clock.install();
    await page.goto(confirmationOf(await freeSlot()));
    await page.getByText('Ce créneau vous est gardé jusqu’à').waitFor();
    await visitor.inspect('garde-1-360');
    await page.clock.fastForward('05:01');
    await page.getByRole('status').filter({ hasText: 'Ce créneau n’est plus gardé pour vous' }).waitFor();
    await page.getByRole('button', { name: 'Le garder encore 5 minutes' }).waitFor();
    await page.clock.resume();
    await visitor.inspect('garde-3-plus-garde');
    await introduce(page, newEmail());
    await confirm(page).click();
    await sent(page).waitFor();
  }, 60_000);

  it('reads well on a phone in Arabic and in the dark', async () => {
    for (const options of [{ language: 'ar' }, { dark: true }]) {
      const phone = await visit({ width: 360, height: 740, ...options });
      await phone.page.goto(confirmationOf(await freeSlot()));
      await phone.page.locator('input[name=email]').waitFor();
      await phone.page.locator('main [role=status]').waitFor();
      await phone.inspect(`garde-4-360-${options.language ?? 'sombre'}`);
    }
  }, 60_000);

  it('meets no barrier and no complaint of the browser', () => {
    expect(visitors.flatMap(({ barriers, complaints }) => [...barriers, ...complaints])).toEqual([]);
  });
});
