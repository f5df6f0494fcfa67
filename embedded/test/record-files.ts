import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import type { Stage } from './record-writing.js';

/** What the browser keeps when the button is pressed. */
async function downloaded(page: Page, name: string): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name, exact: true }).click();
  return readFileSync(await (await download).path());
}

/** The patient adds a picture and opens it again; a prescription comes as signed PDF. */
export async function filesGoBothWays({ api, doctor, amina, visit, entryOf }: Stage): Promise<void> {
  const body = {
    kind: 'prescription',
    label: 'Angine',
    items: [{ label: 'Amoxicilline', dose: '1 g', frequency: '2 × / jour', days: 6 }],
  };
  await api.expect(201, 'POST', `/patients/${amina.id}/record/entries`, { token: doctor.token, body });
  const patient = await visit(amina);
  const { page } = patient;
  await page.getByRole('link', { name: 'Mon dossier' }).first().click();
  await page.getByRole('button', { name: 'Ajouter un document' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await dialog.getByText('À remplir.').first().waitFor();
  const picture = sharp({ create: { width: 300, height: 200, channels: 3, background: '#336699' } });
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'radio.png', mimeType: 'image/png', buffer: await picture.png().toBuffer() });
  await dialog.getByLabel('Ce que c’est').fill('Radio du poignet');
  await patient.inspect('dossier-20-document');
  await dialog.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await entryOf(page, 'Radio du poignet').waitFor();
  const opened = await downloaded(page, 'Ouvrir le document : Radio du poignet');
  expect((await sharp(opened).metadata()).width).toBe(300);
  const paper = await downloaded(page, 'PDF signé : Angine');
  expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
  await patient.inspect('dossier-21-documents');
}
