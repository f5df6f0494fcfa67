import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { administrator } from './api.js';
import { launch, newVisitor, type Visitor } from './browser.js';
import { System } from './system.js';

const password = 'jasmin-bleu-42';
const run = Date.now().toString(36);

/** The words of a journey in one language. */
const words = {
  fr: {
    role: 'Je suis',
    doctor: 'Docteur',
    first: 'Prénom',
    last: 'Nom',
    email: 'E-mail',
    password: 'Mot de passe',
    create: 'Créer mon compte',
    find: 'Trouver un docteur',
    what: 'Nom, spécialité ou ville',
    book: 'Réserver ce créneau',
    confirm: 'Confirmer le rendez-vous',
    sent: 'Demande envoyée',
    mine: 'Mes rendez-vous',
    cancel: 'Annuler le rendez-vous',
    accepted: 'Rendez-vous confirmé',
    slots: 'Choisir un créneau',
    navigation: 'Navigation principale',
    notifications: /^Notifications/,
    karim: 'Dr Karim Trabelsi',
  },
  ar: {
    role: 'أنا',
    doctor: 'طبيب',
    first: 'الاسم',
    last: 'اللقب',
    email: 'البريد الإلكتروني',
    password: 'كلمة المرور',
    create: 'إنشاء حسابي',
    find: 'ابحث عن طبيب',
    what: 'الاسم أو الاختصاص أو المدينة',
    book: 'احجز هذا الموعد',
    confirm: 'تأكيد الموعد',
    sent: 'تم إرسال الطلب',
    mine: 'مواعيدي',
    cancel: 'إلغاء الموعد',
    accepted: 'تم تأكيد الموعد',
    slots: 'اختر موعدًا',
    navigation: 'التنقل الرئيسي',
    notifications: /^الإشعارات/,
    karim: 'د. Karim Trabelsi',
  },
} as const;
type Words = (typeof words)['fr'] | (typeof words)['ar'];

describe('in a real browser', () => {
  let system: System;
  let browser: Browser;
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    [system, browser] = await Promise.all([System.start('embedded'), launch()]);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  const visit = async (options: Parameters<typeof newVisitor>[1]): Promise<Visitor> => {
    const visitor = await newVisitor(browser, options);
    visitors.push(visitor);
    return visitor;
  };

  async function introduce({ page }: Visitor, w: Words, first: string, last: string): Promise<void> {
    await page.getByLabel(w.first, { exact: true }).fill(first);
    await page.getByLabel(w.last, { exact: true }).fill(last);
    await page.getByLabel(w.email).fill(`${first.toLowerCase()}-${run}@example.tn`);
    await page.getByLabel(w.password, { exact: true }).fill(password);
  }

  /** From the landing page to a booked slot, as somebody new: at most four screens. */
  async function book(visitor: Visitor, w: Words, name: string, shot: string): Promise<void> {
    const { page } = visitor;
    await page.goto(system.url);
    await visitor.inspect(`${shot}-1-accueil`);
    await page.getByLabel(w.what).fill('trablesi');
    await page.getByRole('button', { name: w.find }).click();
    await page.getByRole('link', { name: w.karim, exact: true }).waitFor();
    await visitor.inspect(`${shot}-2-docteurs`);
    await page.getByRole('link', { name: w.karim, exact: true }).click();
    await page.getByRole('heading', { name: w.slots }).waitFor();
    await page.locator('.slots button').first().click();
    await visitor.inspect(`${shot}-3-docteur`);
    await page.getByRole('button', { name: w.book }).click();
    await page.getByRole('button', { name: w.confirm }).waitFor();
    await introduce(visitor, w, name, 'Ben Salah');
    await visitor.inspect(`${shot}-4-confirmer`);
    await page.getByRole('button', { name: w.confirm }).click();
    await page.getByRole('heading', { name: w.sent }).waitFor();
    await visitor.inspect(`${shot}-5-envoye`);
  }

  it('walks the whole main job with two people at once, in French, and once in Arabic on a phone', async () => {
    const w = words.fr;
    const doctor = await visit({});
    await doctor.page.goto(`${system.url}/sign-up`);
    await doctor.page.getByRole('button', { name: w.create }).click();
    await doctor.page.getByText('Choisissez « Patient » ou « Docteur ».').waitFor();
    await doctor.inspect('docteur-1-inscription');
    await doctor.page.getByLabel(w.role).selectOption({ label: w.doctor });
    await introduce(doctor, w, 'Karim', 'Trabelsi');
    await doctor.page.getByRole('button', { name: w.create }).click();
    await doctor.page.getByRole('heading', { name: 'Bienvenue, Dr Trabelsi' }).waitFor();
    await doctor.inspect('docteur-2-demarrer');

    await doctor.page.getByRole('link', { name: 'Mon profil' }).click();
    await doctor.page.getByLabel('Genre').selectOption('male');
    await doctor.page.getByLabel('Présentation').fill('Cardiologue à Tunis depuis quinze ans.');
    await doctor.page.getByLabel('Cardiologie').check();
    await doctor.page.getByLabel('Français', { exact: true }).check();
    await doctor.page.getByLabel('Ville').fill('Tunis');
    await doctor.page.getByLabel('Numéro d’inscription à l’Ordre').fill('TN-4711');
    await doctor.page.getByLabel('Prix', { exact: true }).fill('60');
    await doctor.page.getByRole('button', { name: 'Enregistrer' }).click();
    await doctor.page.getByText('Votre profil est complet.').waitFor();
    await doctor.inspect('docteur-3-profil');

    await doctor.page.getByRole('link', { name: 'Disponibilités' }).click();
    await doctor.page.getByRole('button', { name: 'Ajouter une plage', exact: true }).click();
    await doctor.page.getByRole('button', { name: 'Publier' }).click();
    await doctor.page.getByText('Ce champ est obligatoire.').waitFor();
    await doctor.page.getByLabel('Prix (TND)').fill('60');
    await doctor.page.getByRole('button', { name: 'Copier cette journée' }).click();
    await doctor.page.getByRole('button', { name: 'Jours ouvrés' }).click();
    await doctor.page.getByRole('button', { name: 'Remplacer ces jours' }).click();
    await doctor.page.getByRole('button', { name: 'Publier' }).click();
    await doctor.page.getByText('Disponibilités publiées').waitFor();
    await doctor.inspect('docteur-4-disponibilites');

    const admin = await visit({});
    await admin.page.goto(`${system.url}/sign-in`);
    await admin.inspect('admin-1-connexion');
    await admin.page.getByLabel('E-mail').fill(administrator.email);
    await admin.page.getByLabel('Mot de passe', { exact: true }).fill(administrator.password);
    await admin.page.getByRole('button', { name: 'Se connecter' }).click();
    await admin.page.getByRole('article', { name: 'Dr Karim Trabelsi' }).waitFor();
    await admin.inspect('admin-2-verifications');
    await admin.page.getByRole('button', { name: 'Valider' }).click();
    await admin.page.getByText('Docteur vérifié').waitFor();

    await doctor.page.getByRole('link', { name: 'Demandes' }).click();
    await doctor.page.getByText('Aucune demande en attente').waitFor();
    await doctor.inspect('docteur-5-demandes-vides');

    const patient = await visit({});
    await book(patient, w, 'Amina', 'patient');
    // Live: nobody reloads.
    await doctor.page.getByRole('article', { name: /Amina Ben Salah/ }).waitFor();
    await doctor.page.getByRole('button', { name: 'Notifications, 1 non lues' }).waitFor();
    await doctor.inspect('docteur-6-demandes');
    await doctor.page.getByRole('button', { name: 'Accepter' }).click();
    await patient.page
      .getByRole('alert')
      .filter({ hasText: w.accepted })
      .or(patient.page.getByText(w.accepted))
      .first()
      .waitFor();
    await patient.page.getByRole('navigation', { name: w.navigation }).getByRole('link', { name: w.mine }).click();
    await patient.page.getByText('Confirmé', { exact: true }).waitFor();
    await patient.inspect('patient-7-rendez-vous');
    await patient.page.getByRole('button', { name: w.notifications }).click();
    await patient.page.getByText('Demande envoyée').first().waitFor();
    await patient.inspect('patient-8-cloche');
    await patient.page.keyboard.press('Escape');
    await patient.page.getByRole('link', { name: 'Mon profil' }).click();
    await patient.page.getByLabel('Téléphone', { exact: true }).waitFor();
    await patient.inspect('patient-9-profil');
    await patient.page.reload();
    await patient.page.getByLabel('Téléphone', { exact: true }).waitFor();

    await doctor.page.getByRole('link', { name: 'Agenda' }).click();
    for (const view of ['Jour', 'Semaine', 'Mois']) {
      await doctor.page.getByText(view, { exact: true }).click();
      await doctor.inspect(`docteur-7-agenda-${view}`);
    }

    const phone = await visit({ width: 360, height: 740, language: 'ar' });
    await book(phone, words.ar, 'Leila', 'arabe');
    expect(await phone.page.evaluate('document.documentElement.dir')).toBe('rtl');
    expect(await phone.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await phone.page
      .getByRole('navigation', { name: words.ar.navigation })
      .getByRole('link', { name: words.ar.mine })
      .click();
    await phone.page.getByRole('heading', { name: words.ar.mine, level: 1 }).waitFor();
    await phone.page.getByRole('button', { name: words.ar.cancel }).click();
    await phone.page.getByRole('dialog').waitFor();
    await phone.inspect('arabe-7-annuler');
    await phone.page.getByRole('dialog').getByRole('button', { name: words.ar.cancel }).click();
    await phone.page.getByText('أُلغي الموعد').first().waitFor();

    const dark = await visit({ width: 360, height: 740, dark: true });
    await dark.page.goto(`${system.url}/doctors`);
    await dark.page.getByRole('link', { name: 'Dr Karim Trabelsi', exact: true }).waitFor();
    await dark.inspect('sombre-docteurs');
    await dark.page.goto(`${system.url}/nulle-part`);
    await dark.inspect('sombre-introuvable');

    expect(visitors.flatMap(({ barriers }) => barriers)).toEqual([]);
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
  }, 300_000);

  it('leads from addresses of earlier versions, which letters and bookmarks hold, to today’s', async () => {
    const { page } = await visit({});
    const leadsTo = async (former: string, address: string) => {
      await page.goto(system.url + former);
      await page.waitForURL(system.url + address);
    };
    await leadsTo('/docteurs?q=trabelsi', '/doctors?q=trabelsi');
    await leadsTo('/connexion?next=%2Faccounts', '/sign-in?next=%2Faccounts');
    await leadsTo('/inscription?role=doctor', '/sign-up?role=doctor');
    await leadsTo('/docteurs/d-1/reserver?slot=s-1', '/doctors/d-1/book?slot=s-1');
  }, 60_000);

  describe('before a script has run', () => {
    let path: string;
    beforeAll(async () => {
      const doctor = await system.api.publishDoctor({ account: { firstName: 'Sonia', lastName: 'Gharbi' } });
      path = `/doctors/${doctor.id}`;
    });

    it('finds a doctor and says who that is', async () => {
      const { page } = await visit({ scripts: false });
      await page.goto(system.url);
      await page.getByLabel(words.fr.what).fill('gharbi');
      await page.getByRole('button', { name: words.fr.find }).click();
      await page.getByRole('link', { name: 'Dr Sonia Gharbi' }).click();
      await page.getByRole('heading', { name: 'Dr Sonia Gharbi', level: 1 }).waitFor();
      expect(new URL(page.url()).pathname).toBe(path);
      const unknown = await page.goto(`${system.url}/doctors/nobody`);
      expect(unknown!.status()).toBe(404);
    });

    it('brings along what the client would ask for, in the same words', async () => {
      const [before, visitor] = [await visit({ scripts: false }), await visit({})];
      const asked: string[] = [];
      visitor.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      for (const address of [path, '/doctors?q=gharbi']) {
        for (const { page } of [before, visitor]) await page.goto(system.url + address);
        await visitor.page.getByRole('link', { name: 'Se connecter' }).waitFor();
        const [first, then] = await Promise.all(
          [before, visitor].map(async ({ page }) => [await page.title(), await page.locator('h1').allInnerTexts()]),
        );
        expect(then).toEqual(first);
      }
      expect(asked.filter((name) => /^\/api\/v1\/doctors(\/[^/]+)?$/.test(name))).toEqual([]);
      expect(visitor.complaints).toEqual([]);
    });

    it('takes what is typed, and the client goes on from there', async () => {
      const { page } = await visit({});
      const typed = Promise.withResolvers<void>();
      await page.route('**/assets/*.js', async (route) => {
        await typed.promise;
        await route.continue();
      });
      await page.goto(system.url, { waitUntil: 'commit' });
      await page.getByLabel(words.fr.what).pressSequentially('ghar');
      typed.resolve();
      await page.getByRole('link', { name: 'Se connecter' }).waitFor();
      await page.keyboard.type('bi');
      expect(await page.getByLabel(words.fr.what).inputValue()).toBe('gharbi');
    });
  });
});
