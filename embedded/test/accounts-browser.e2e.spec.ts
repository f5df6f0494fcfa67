import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { administrator, everyDay, PASSWORD, type Person } from './api.js';
import { launch, newVisitor, signIn, type Visitor } from './browser.js';
import { System } from './system.js';

const patience = { timeoutMs: 20_000, everyMs: 100 };
const another = 'Trois-ânes-dans-la-montagne';

describe('accounts in a real browser, where addresses must be proven', () => {
  let system: System;
  let browser: Browser;
  let doctor: Person;
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_VERIFY_EMAIL: 'on' } }),
      launch(),
    ]);
    doctor = await system.api.publishDoctor({ weekly: everyDay('08:00', '18:00', 30) });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  const visit = async (options: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> => {
    const visitor = await newVisitor(browser, options);
    visitors.push(visitor);
    return visitor;
  };
  /** The link in the newest letter that has one to that page, at this system's address. */
  async function linkTo(email: string, page: string, besides = ''): Promise<string> {
    const pattern = new RegExp(`https?://[^/\\s]+(/${page}#token=\\S+)`);
    const path = await eventually(async () => {
      const found = (await system.api.letters(email)).map(({ text }) => pattern.exec(text)?.[1]);
      return found.find((one) => one !== undefined && !besides.includes(one));
    }, patience);
    return system.url + path;
  }
  const fits = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth');

  it('a newcomer proves the address from the letter, and the page where they were goes on by itself', async () => {
    const visitor = await visit();
    const { page } = visitor;
    const email = `amina-${Date.now().toString(36)}@example.tn`;
    await page.goto(`${system.url}/doctors/${doctor.id}`);
    await page.locator('.slots button').first().click();
    await page.getByRole('button', { name: 'Réserver ce créneau' }).click();
    const confirm = page.getByRole('button', { name: 'Confirmer le rendez-vous' });
    await page.getByLabel('Prénom', { exact: true }).fill('—');
    await page.getByLabel('Nom', { exact: true }).fill('Ben Salah');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Mot de passe', { exact: true }).fill('azerty123456');
    await page.getByLabel(/^Motif de la visite/).fill('Toux depuis dix jours');
    await confirm.click();
    await page.getByText('Un nom s’écrit avec des lettres.').waitFor();
    await page.getByText('Ce mot de passe se devine trop vite').waitFor();
    await visitor.inspect('comptes-1-inscription');
    await page.getByLabel('Prénom', { exact: true }).fill('Amina');
    await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
    await confirm.click();

    // Signed up, and told at the same place what is in the way.
    await page.getByText(email).waitFor();
    expect(await confirm.isDisabled()).toBe(true);
    await eventually(async () => (await page.evaluate<string>('document.activeElement.textContent')).includes(email));
    expect(await page.getByLabel(/^Motif de la visite/).inputValue()).toBe('Toux depuis dix jours');
    await page.getByText('Un autre message pourra partir dans 60 minutes.').waitFor();
    await visitor.inspect('comptes-2-reserver');

    const letter = await visitor.context.newPage();
    await letter.goto(await linkTo(email, 'verify-email'));
    await letter.getByRole('heading', { name: 'Adresse confirmée' }).waitFor();
    expect(new URL(letter.url()).hash).toBe('');
    await letter.getByRole('link', { name: 'Continuer' }).waitFor();
    expect(await letter.getByRole('link', { name: 'Continuer' }).getAttribute('href')).toContain('/book?');

    // Nobody reloads.
    await page.getByText(email).waitFor({ state: 'detached' });
    await confirm.click();
    await page.getByRole('heading', { name: 'Demande envoyée' }).waitFor();
  }, 120_000);

  it('is told on every page, in Arabic on a phone, and a link that is over says so', async () => {
    const patient = await system.api.register('patient', { locale: 'ar' });
    const link = await linkTo(patient.email, 'verify-email');
    const phone = await visit({ width: 360, height: 740, language: 'ar' });
    await signIn(phone, system.url, patient);
    await phone.page.goto(`${system.url}/doctors`);
    await phone.page.getByText(patient.email).waitFor();
    expect(await fits(phone.page)).toBe(true);
    await phone.inspect('comptes-3-arabe-bandeau');
    await phone.page.goto(`${link}x`);
    await phone.page.getByRole('heading', { name: 'رابط غير صالح' }).waitFor();
    expect(await fits(phone.page)).toBe(true);
    await phone.inspect('comptes-4-arabe-lien');
    // On another device, signed out.
    const elsewhere = await visit({ width: 360, height: 740 });
    await elsewhere.page.goto(link);
    await elsewhere.page.getByRole('heading', { name: 'Adresse confirmée' }).waitFor();
    await elsewhere.inspect('comptes-5-confirmee');
    await phone.page.goto(`${system.url}/doctors`);
    await phone.page.getByRole('heading', { level: 1 }).waitFor();
    await phone.page.reload();
    await phone.page.getByText(patient.email).waitFor({ state: 'detached' });
  }, 120_000);

  it('a held slot is not paid before the address is proven', async () => {
    const paidFirst = await system.api.publishDoctor({
      weekly: everyDay('08:00', '18:00', 30),
      plan: { payment: 'at-booking' },
    });
    const patient = await system.api.register('patient');
    const slot = (await system.api.slots(paidFirst.id)).at(-1)!;
    const held = await system.api.book(patient, slot.id);
    expect([held.status, held.body.status]).toEqual([201, 'held']);
    const body = { appointmentId: held.body.id, paymentMethodId: 'pm_card_visa' };
    const refused = await system.api.call('POST', '/payments', { token: patient.token, body });
    expect([refused.status, refused.body.code]).toEqual([403, 'email-not-verified']);
    const visitor = await visit({ width: 360, height: 740 });
    await signIn(visitor, system.url, patient);
    await visitor.page.goto(`${system.url}/appointments/${held.body.id}/pay`);
    await visitor.page.getByText('Le paiement demande une adresse confirmée.').waitFor();
    expect(await fits(visitor.page)).toBe(true);
    await visitor.inspect('comptes-6-payer');
    const letter = await visitor.context.newPage();
    await letter.goto(await linkTo(patient.email, 'verify-email'));
    await letter.getByRole('heading', { name: 'Adresse confirmée' }).waitFor();
    await visitor.page.getByRole('button', { name: /^Payer/ }).waitFor();
  }, 120_000);

  it('a forgotten password is replaced from the letter', async () => {
    const patient = await system.api.register('patient');
    const proof = await linkTo(patient.email, 'verify-email');
    await system.api.expect(200, 'POST', '/auth/email/verify', { body: { token: proof.split('token=')[1] } });
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`${system.url}/sign-in`);
    await visitor.inspect('comptes-7-connexion');
    await page.getByRole('link', { name: 'Mot de passe oublié ?' }).click();
    await page.getByRole('heading', { name: 'Mot de passe oublié' }).waitFor();
    await visitor.inspect('comptes-8-oublie');
    await page.getByLabel('E-mail').fill(patient.email);
    await page.getByRole('button', { name: 'Recevoir un lien' }).click();
    await page.getByText(patient.email).waitFor();
    await visitor.inspect('comptes-9-envoye');
    const link = await linkTo(patient.email, 'reset-password');
    const phone = await visit({ width: 360, height: 740, language: 'ar' });
    await phone.page.goto(link);
    await phone.page.getByLabel('كلمة المرور', { exact: true }).fill('aaaaaaaa');
    await phone.page.getByRole('button', { name: 'تغيير كلمة المرور' }).click();
    await phone.page.getByText('يمكن تخمين كلمة المرور هذه بسرعة').waitFor();
    expect(await fits(phone.page)).toBe(true);
    await phone.inspect('comptes-10-arabe-nouveau');
    await phone.page.getByLabel('كلمة المرور', { exact: true }).fill(another);
    await phone.page.getByRole('button', { name: 'تغيير كلمة المرور' }).click();
    await phone.page.getByRole('heading', { name: 'تم تغيير كلمة المرور' }).waitFor();
    await phone.inspect('comptes-11-arabe-change');
    await phone.page.goto(`${system.url}/doctors`);
    await phone.page.goto(link);
    await phone.page.getByLabel('كلمة المرور', { exact: true }).fill(`${another}-encore`);
    await phone.page.getByRole('button', { name: 'تغيير كلمة المرور' }).click();
    await phone.page.getByRole('heading', { name: 'لم يعد هذا الرابط صالحًا' }).waitFor();
    await phone.inspect('comptes-12-arabe-lien');
    expect(
      (await system.api.call('POST', '/auth/login', { body: { email: patient.email, password: PASSWORD } })).status,
    ).toBe(401);
    await system.api.login(patient.email, another);
    await eventually(
      async () => (await system.api.letters(patient.email)).some(({ text }) => text.includes('/forgot-password')),
      patience,
    );
  }, 120_000);

  it('a password is changed from the account’s menu, which signs out the other devices', async () => {
    const patient = await system.api.register('patient');
    const visitor = await visit();
    const { page } = visitor;
    await signIn(visitor, system.url, patient);
    await page.getByRole('banner').getByRole('button').last().click();
    await page.getByRole('menuitem', { name: 'Changer de mot de passe' }).click();
    await page.getByLabel('Mot de passe actuel').fill('mauvais-mot');
    await page.getByLabel('Nouveau mot de passe').fill(another);
    await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
    await page.getByText('Ce n’est pas votre mot de passe actuel.').waitFor();
    await visitor.inspect('comptes-19-mot-de-passe');
    await page.getByLabel('Mot de passe actuel').fill(PASSWORD);
    await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
    await page.getByText('Vos autres appareils sont déconnectés. Un e-mail vous le confirme.').waitFor();
    expect(await page.getByLabel('Mot de passe actuel').inputValue()).toBe('');
    await system.api.login(patient.email, another);
    await page.goto(`${system.url}/appointments`);
    await page.getByRole('heading', { level: 1, name: 'Mes rendez-vous' }).waitFor();
    const phone = await visit({ width: 360, height: 740, language: 'ar' });
    await phone.page.goto(`${system.url}/sign-in?next=/password`);
    await phone.page.locator('input[type=email]').fill(patient.email);
    await phone.page.locator('input[type=password]').fill(another);
    await phone.page.locator('main button[type=submit]').click();
    await phone.page.getByLabel('كلمة المرور الجديدة').waitFor();
    expect(await fits(phone.page)).toBe(true);
    await phone.inspect('comptes-20-mot-de-passe-ar');
  }, 120_000);

  it('a problem’s type leads to a page that explains it', async () => {
    const { body } = await system.api.call('GET', '/appointments');
    const { port } = new URL(system.url);
    expect(body.type).toBe(`http://localhost:${port}/problems/unauthenticated`);
    const [desk, phone] = [await visit(), await visit({ width: 360, height: 740, dark: true })];
    await desk.page.goto(body.type);
    await desk.page.getByRole('heading', { name: 'Vous n’êtes pas connecté' }).waitFor();
    await desk.inspect('comptes-21-probleme');
    await phone.page.goto(`${system.url}/problems/slot-taken`);
    await phone.page.getByRole('link', { name: 'العربية' }).click();
    await phone.page.getByRole('heading', { name: 'لم يعد هذا الموعد متاحًا' }).waitFor();
    expect(await fits(phone.page)).toBe(true);
    await phone.inspect('comptes-22-probleme-ar');
  }, 60_000);

  it('an administrator finds an account, suspends it with a reason and reinstates it', async () => {
    const patient = await system.api.register('patient', { firstName: 'Zoubeïda', lastName: 'Yaghlane' });
    const admin = await visit();
    const { page } = admin;
    await page.goto(`${system.url}/sign-in`);
    await page.locator('input[type=email]').fill(administrator.email);
    await page.locator('input[type=password]').fill(administrator.password);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Comptes' }).click();
    await page.getByLabel('E-mail, identifiant ou début du nom').fill('zoubeida');
    const card = page.getByRole('article', { name: 'Zoubeïda Yaghlane' });
    await card.waitFor();
    await admin.inspect('comptes-13-liste');
    await card.getByRole('button', { name: 'Suspendre' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Suspendre' }).click();
    await page.getByText('Ce champ est obligatoire.').waitFor();
    await page.getByLabel('Motif').fill('Identité contestée');
    await admin.inspect('comptes-14-suspendre');
    await page.getByRole('dialog').getByRole('button', { name: 'Suspendre' }).click();
    await card.getByText('Motif : Identité contestée').waitFor();
    await admin.inspect('comptes-15-suspendu');

    const visitor = await visit({ width: 360, height: 740 });
    await visitor.page.goto(`${system.url}/sign-in`);
    await visitor.page.locator('input[type=email]').fill(patient.email);
    await visitor.page.locator('input[type=password]').fill(PASSWORD);
    await visitor.page.locator('main button[type=submit]').click();
    await visitor.page.getByText('Motif donné par l’administrateur : Identité contestée').waitFor();
    await visitor.inspect('comptes-16-refuse');

    await page.getByLabel('E-mail, identifiant ou début du nom').fill('nulle-part@example.tn');
    await page.getByText('Aucun compte ne correspond').waitFor();
    await admin.inspect('comptes-17-vide');
    await page.getByLabel('E-mail, identifiant ou début du nom').fill(patient.email);
    await card.getByRole('button', { name: 'Rétablir' }).click();
    await card.getByRole('button', { name: 'Suspendre' }).waitFor();
    await system.api.login(patient.email);

    const phone = await visit({ width: 360, height: 740, language: 'ar', dark: true });
    await phone.page.goto(`${system.url}/sign-in?next=/accounts`);
    await phone.page.locator('input[type=email]').fill(administrator.email);
    await phone.page.locator('input[type=password]').fill(administrator.password);
    await phone.page.locator('main button[type=submit]').click();
    await phone.page.getByRole('article').first().waitFor();
    expect(await fits(phone.page)).toBe(true);
    await phone.inspect('comptes-18-arabe-sombre');
  }, 120_000);

  it('has no barrier that axe finds, and no complaint in the console', () => {
    expect(visitors.flatMap(({ barriers }) => barriers)).toEqual([]);
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
