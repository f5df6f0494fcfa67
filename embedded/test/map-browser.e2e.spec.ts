import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@medflow/testing';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { launch, newVisitor, type Visitor } from './browser.js';
import { fits, focused } from './confirmation-page.js';
import { System } from './system.js';

const TILE = { width: 256, height: 256, channels: 3, background: '#dbe9e4' } as const;

describe('the map beside the directory, in a real browser', () => {
  let system: System;
  let browser: Browser;
  let tiles: Server;
  const asked: string[] = [];
  const visitors: Visitor[] = [];

  const visit = async (options: Parameters<typeof newVisitor>[1] = {}, path = '/doctors') => {
    const visitor = await newVisitor(browser, { width: 1400, height: 900, ...options });
    visitors.push(visitor);
    await visitor.page.goto(system.url + path);
    await visitor.page
      .getByRole('link', { name: /Ben Salah|بن صالح/ })
      .first()
      .waitFor();
    return visitor;
  };

  beforeAll(async () => {
    const picture = await sharp({ create: TILE }).png().toBuffer();
    tiles = createServer((request, response) => {
      asked.push(request.url!);
      response.setHeader('content-type', 'image/png').end(picture);
    });
    await new Promise<void>((resolve) => tiles.listen(0, '127.0.0.1', resolve));
    const { port } = tiles.address() as AddressInfo;
    const env = {
      MEDFLOW_RATE_LIMITS: 'off',
      MEDFLOW_MAP_TILES: `http://127.0.0.1:${port}/{z}/{x}/{y}.png`,
      MEDFLOW_MAP_ATTRIBUTION: 'Carte <d’essai>',
    };
    [system, browser] = await Promise.all([System.start('embedded', { env }), launch()]);
    for (const city of ['Tunis', 'Tunis', 'Sfax', 'Ailleurs']) await system.api.publishDoctor({ profile: { city } });
    await eventually(async () => (await system.api.expect(200, 'GET', '/doctors')).items.length === 4);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
    tiles?.close();
  }, 30_000);

  it('shows the towns of the doctors found, and looks in the one that is pressed, by keyboard too', async () => {
    const visitor = await visit();
    const { page } = visitor;
    const map = page.getByRole('region', { name: 'Carte des docteurs affichés' });
    await map.getByRole('button', { name: 'Tunis : 2 docteurs' }).waitFor();
    await map.getByText('1 docteur n’est pas sur la carte.').waitFor();
    await map.getByText('Carte <d’essai>').waitFor();
    expect(await fits(page)).toBe(true);
    await eventually(() => asked.some((path) => /^\/\d+\/\d+\/\d+\.png$/.test(path)));
    await visitor.inspect('carte-1-villes');

    await map.getByRole('button', { name: 'Sfax : 1 docteur' }).click();
    await page.waitForURL(/[?&]city=Sfax/);
    await page.getByText('1 docteur affiché').waitFor();
    await visitor.inspect('carte-2-sfax');
    await map.getByRole('button', { name: 'Sfax : 1 docteur' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('4 docteurs affichés').waitFor();
    expect(await focused(page, 'title')).toBe('Sfax : 1 docteur');
    expect(new URL(page.url()).search).toBe('');
  }, 60_000);

  it('is there in Arabic and in the dark', async () => {
    for (const options of [{ language: 'ar' }, { dark: true }]) {
      const visitor = await visit(options);
      await visitor.page.locator('.leaflet-marker-icon').first().waitFor();
      await visitor.inspect(`carte-3-${options.language ?? 'sombre'}`);
      expect(await fits(visitor.page)).toBe(true);
    }
  }, 60_000);

  it('is not on narrower screens, and asks nobody for tiles there', async () => {
    asked.length = 0;
    const visitor = await visit({ width: 1270 });
    await visitor.inspect('carte-4-etroit');
    expect([await visitor.page.locator('.leaflet-container').count(), asked]).toEqual([0, []]);
  }, 60_000);

  it('meets no barrier and no complaint of the browser', () => {
    expect(visitors.flatMap(({ barriers, complaints }) => [...barriers, ...complaints])).toEqual([]);
  });
});
