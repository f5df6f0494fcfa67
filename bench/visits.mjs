// npm run bench:visits: from « Rejoindre » to the first picture of the other side, in two Chromiums with the cameras that
// Chromium makes up; the figures go to docs/measurements.md. Options by environment: CALLS (30), CHROMIUM.
import { chromium } from 'playwright-core';
import { couples, must, percentile } from './client.mjs';
import { Report } from './report.mjs';
import { forget, startMedFlow, temporaryHome } from './system.mjs';

const administrator = { email: 'admin@medflow.test', password: 'Une-clef-pour-les-essais-7' };
const PASSWORD = 'Deux-chevaux-sur-la-plage';
const CALLS = Number(process.env.CALLS ?? 30);
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream=fps=10',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
];

async function arrive(browser, url, { email }) {
  const context = await browser.newContext({ locale: 'fr-FR', serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.locator('main button[type=submit]').click();
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
  return page;
}

/** Presses the button within the page. @returns milliseconds until the other side's first picture is drawn */
const pressUntilSeen = `new Promise((resolve, reject) => {
  const button = [...document.querySelectorAll('main button')].find(({ textContent }) => /Rejoindre la consultation/.test(textContent));
  const begun = performance.now();
  setTimeout(() => reject(new Error('no picture within 30 s')), 30_000);
  const look = () => {
    const video = document.querySelector('figure[data-seat=patient] video');
    if (!video) return requestAnimationFrame(look);
    video.requestVideoFrameCallback(() => resolve(performance.now() - begun));
  };
  button.click();
  look();
})`;

const report = new Report();
const home = temporaryHome();
const env = {
  MEDFLOW_ADMIN_EMAIL: administrator.email,
  MEDFLOW_ADMIN_PASSWORD: administrator.password,
  MEDFLOW_VERIFY_EMAIL: 'off',
};
const medflow = await startMedFlow(home, env);
const { url } = medflow;
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const [here, there] = await Promise.all([1, 2].map(() => chromium.launch({ executablePath, args })));
try {
  const plan = { autoAccept: true, minNoticeMinutes: 0 };
  const [{ doctor, patient, slots }] = await couples(url, administrator, 1, plan, 10);
  const api = `${url}/api/v1`;
  const { id } = await must('POST', `${api}/appointments`, { token: patient.token, body: { slotId: slots[0].id } });
  const body = { appointmentId: id, paymentMethodId: 'pm_card_visa' };
  await must('POST', `${api}/payments`, { token: patient.token, body });
  const [practice, waiting] = await Promise.all([arrive(here, url, doctor), arrive(there, url, patient)]);
  await waiting.goto(`${url}/visit/${id}`);
  await waiting.getByRole('button', { name: 'J’accepte' }).click();
  await waiting.getByRole('button', { name: 'Entrer dans la salle d’attente' }).click();
  await waiting.getByRole('heading', { name: 'Salle d’attente' }).waitFor();
  const times = [];
  for (let count = 0; count <= CALLS; count += 1) {
    await practice.goto(`${url}/visit/${id}`);
    await practice.locator('[data-relay]').waitFor();
    if (count === 0) {
      // Let in once; from then on the patient is in the room and the doctor joins them.
      await practice.getByRole('button', { name: 'Rejoindre la consultation' }).click();
      await practice.getByRole('button', { name: /^Faire entrer/ }).click();
      await practice.locator('figure[data-state=connected]').waitFor();
    } else times.push(await practice.evaluate(pressUntilSeen));
    await practice.getByRole('button', { name: 'Quitter', exact: true }).click();
    await practice.getByText('Vous avez quitté la consultation').waitFor();
  }
  const ms = (share) => `${Math.round(percentile(times, share))} ms`;
  report.add(`From « Rejoindre » to the first picture of the other side, p50`, ms(0.5), '≤ 1.2 s');
  report.add('… p95', ms(0.95), '≤ 3 s');
  report.add('… longest', ms(1));
  report.write({
    command: 'npm run bench:visits',
    title: 'Video visits',
    how: `${times.length} joins of the doctor to a patient who is there, pressed and seen within the page; two Chromiums with made-up cameras, MedFlow and its database share this machine, no relay.`,
  });
} finally {
  await Promise.all([here.close(), there.close()]);
  await medflow.stop();
  forget(home);
}
