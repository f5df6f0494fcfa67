import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { administrator, type Api } from './api.js';
import { launch, newVisitor, signIn, type Visitor } from './browser.js';
import { System } from './system.js';

describe('photos, in a real browser', () => {
  let system: System;
  let browser: Browser;
  let api: Api;
  const visitors: Visitor[] = [];

  const visit = async (
    person?: Parameters<typeof signIn>[2],
    options: Parameters<typeof newVisitor>[1] = {},
  ): Promise<Visitor> => {
    const visitor = await newVisitor(browser, options);
    visitors.push(visitor);
    if (person) await signIn(visitor, system.url, person);
    return visitor;
  };

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off' } }),
      launch(),
    ]);
    api = system.api;
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  /** A wide picture, red on the left and blue on the right. */
  async function redAndBlue(page: Page): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
    const url = (await page.evaluate(`(() => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [1200, 600];
      const context = canvas.getContext('2d');
      context.fillStyle = '#d01010';
      context.fillRect(0, 0, 600, 600);
      context.fillStyle = '#1010d0';
      context.fillRect(600, 0, 600, 600);
      return canvas.toDataURL('image/png');
    })()`)) as string;
    return { name: 'moi.png', mimeType: 'image/png', buffer: Buffer.from(url.split(',')[1]!, 'base64') };
  }

  /** How red and how blue the photo beside somebody's name is on its left and its right side; nothing where there is none. */
  async function shown(page: Page, within: string): Promise<string> {
    await page.locator(`${within} .avatar`).first().waitFor();
    return (await page.evaluate(`(async () => {
      const image = document.querySelector('${within} .avatar img');
      if (!image) return 'none';
      image.loading = 'eager';
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const colour = (part) => {
        const [red, , blue] = context.getImageData(canvas.width * part, canvas.height / 2, 1, 1).data;
        return red > blue ? 'red' : 'blue';
      };
      return canvas.width + ' ' + colour(0.1) + ' ' + colour(0.9);
    })()`)) as string;
  }

  const focused = (page: Page) => page.evaluate('document.activeElement.textContent') as Promise<string>;

  it('a doctor cuts one by the keys alone; everybody sees it in the directory, the doctor in the menu', async () => {
    const doctor = await api.publishDoctor({ account: { firstName: 'Hela', lastName: 'Photographe' } });
    const visitor = await visit(doctor);
    const { page } = visitor;
    await page.goto(`${system.url}/profile`);
    const section = page.getByRole('region', { name: 'Photo' });
    await section.getByText('HP').waitFor();
    await section.locator('input[type=file]').setInputFiles(await redAndBlue(page));
    const dialog = page.getByRole('dialog', { name: 'Cadrer la photo' });
    await dialog.getByRole('img', { name: 'Aperçu' }).waitFor();
    await visitor.inspect('photo-1-cadrer');
    await dialog.getByRole('slider', { name: 'Position horizontale' }).press('End');
    await dialog.getByRole('button', { name: 'Utiliser cette photo' }).press('Enter');
    await section.getByText('Photo enregistrée.').waitFor();
    expect(await shown(page, 'main')).toBe('512 blue blue');
    expect(await shown(page, 'header')).toBe('128 blue blue');
    expect(await focused(page)).toBe('Changer la photo');
    await visitor.inspect('photo-2-profil');
    // The version of the profile has moved, and its form is saved all the same.
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    expect((await saved).status()).toBe(200);
    const stranger = await visit();
    await stranger.page.goto(`${system.url}/doctors?q=Photographe`);
    await stranger.page
      .getByRole('link', { name: /Hela Photographe/ })
      .first()
      .waitFor();
    expect(await shown(stranger.page, 'main li')).toBe('128 blue blue');
    await stranger.inspect('photo-3-annuaire');
    await stranger.page.goto(`${system.url}/doctors/${doctor.id}`);
    await stranger.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await shown(stranger.page, 'main')).toBe('512 blue blue');
    await stranger.inspect('photo-4-medecin');
  });

  it('a patient on a phone, in Arabic and in the dark, removes it and takes that back', async () => {
    const patient = await api.register('patient');
    const visitor = await visit(patient, { width: 360, height: 740, language: 'ar', dark: true });
    const { page } = visitor;
    await page.goto(`${system.url}/profile`);
    const section = page.getByRole('region', { name: 'الصورة' });
    await section.locator('input[type=file]').setInputFiles(await redAndBlue(page));
    const dialog = page.getByRole('dialog');
    // Where lines begin at the right, the thumb is at the right for the right side still.
    await dialog.getByRole('slider', { name: 'الموضع الأفقي' }).press('Home');
    await visitor.inspect('photo-5-arabe-cadrer');
    await dialog.getByRole('button', { name: 'استخدام هذه الصورة' }).click();
    await section.getByText('حُفظت الصورة.').waitFor();
    expect(await shown(page, 'main')).toBe('512 blue blue');
    await section.getByRole('button', { name: 'إزالة الصورة' }).click();
    await section.getByText('أُزيلت الصورة.').waitFor();
    expect(await shown(page, 'main')).toBe('none');
    const undo = section.getByRole('button', { name: 'التراجع عن الإزالة' });
    expect(await focused(page)).toBe('التراجع عن الإزالة');
    await visitor.inspect('photo-6-arabe-retiree');
    await undo.press('Enter');
    await section.getByText('حُفظت الصورة.').waitFor();
    expect(await shown(page, 'main')).toBe('512 blue blue');
  });

  it('what is no photo is told at once, and an address that is gone leaves the initials', async () => {
    const patient = await api.register('patient', { firstName: 'Nour', lastName: 'Zouari' });
    const visitor = await visit(patient);
    const { page } = visitor;
    await page.route('**/api/v1/photos/**', (route) => route.fulfill({ status: 404 }));
    await api.putPhoto(patient, 'patient');
    await page.goto(`${system.url}/profile`);
    const section = page.getByRole('region', { name: 'Photo' });
    await section.getByText('NZ').waitFor();
    const text = { name: 'moi.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no photo') };
    await section.locator('input[type=file]').setInputFiles(text);
    await section.getByText('Ce fichier ne s’ouvre pas comme une photo', { exact: false }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('a doctor sends the proof of the licence, which an administrator reads beside the profile', async () => {
    const doctor = await api.register('doctor', { firstName: 'Ines', lastName: 'Preuve' });
    await api.completeProfile(doctor, { qualifications: ['Faculté de médecine de Tunis, 2009'] });
    const sender = await visit(doctor);
    await sender.page.goto(`${system.url}/profile`);
    const section = sender.page.getByRole('region', { name: 'Justificatif de la licence' });
    const file = section.locator('input[type=file]');
    await file.setInputFiles({ name: 'licence.txt', mimeType: 'text/plain', buffer: Buffer.from('no') });
    await section.getByText('ni un PDF', { exact: false }).waitFor();
    await file.setInputFiles(await redAndBlue(sender.page));
    await section.getByText('Justificatif enregistré.').waitFor();
    await sender.inspect('justificatif-1-profil');
    await section.getByRole('button', { name: 'Retirer' }).click();
    const undo = section.getByRole('button', { name: 'Annuler le retrait' });
    await undo.waitFor();
    expect(await focused(sender.page)).toBe('Annuler le retrait');
    await undo.press('Enter');
    await section.getByText('Justificatif enregistré.').waitFor();

    for (const options of [{ width: 1280 }, { width: 360, height: 740, language: 'ar', dark: true }]) {
      const reader = await visit(administrator, options);
      await reader.page.goto(`${system.url}/verifications`);
      const candidate = reader.page.getByRole('article', { name: 'Ines Preuve' });
      await candidate.getByRole('button', { expanded: false }).click();
      const picture = candidate.getByRole('img');
      await picture.waitFor();
      const width = `(async (image) => (await image.decode(), image.naturalWidth))(document.querySelector('.proof img'))`;
      expect(await reader.page.evaluate(width)).toBe(1200);
      const [words, proof] = [await candidate.locator('h2').boundingBox(), await picture.boundingBox()];
      if (options.width === 1280) expect(proof!.x).toBeGreaterThan(words!.x + words!.width);
      else expect(proof!.x + proof!.width).toBeLessThanOrEqual(360);
      await reader.inspect(`justificatif-2-administration-${options.width}`);
    }

    const pdf = Buffer.from('%PDF-1.7\ntrailer << >>\n%%EOF\n');
    await file.setInputFiles({ name: 'licence.pdf', mimeType: 'application/pdf', buffer: pdf });
    await section.getByText('(1 ko)', { exact: false }).waitFor();
    const [download] = await Promise.all([
      sender.page.waitForEvent('download'),
      section.getByRole('button', { name: 'Télécharger' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('licence.pdf');
  }, 60_000);

  it('left no complaint in the console and no barrier on a page', () => {
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
    expect(visitors.flatMap(({ barriers }) => barriers)).toEqual([]);
  });
});
