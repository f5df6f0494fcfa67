import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mailboxPage } from './mailbox-page.js';
import { type KeptMail, Mailbox } from './mailbox.js';

const DAY_MS = 86_400_000;
const mail = (id: string) => ({ id, to: { name: 'A', address: 'a@example.tn' }, subject: 's', text: 't', html: 'h' });

describe('the letters that stay on this machine', () => {
  let folder: string;
  let time: number;
  let mailbox: Mailbox;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medflow-mailbox-'));
    time = Date.now();
    mailbox = new Mailbox(folder, 'MedFlow <no-reply@medflow.local>', () => time);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const letters = async (suffix: string) => (await readdir(folder)).filter((name) => name.endsWith(suffix)).sort();
  const age = (id: string, days: number) =>
    Promise.all(
      ['eml', 'json'].map((suffix) => {
        const at = (Date.now() - days * DAY_MS) / 1000;
        return utimes(join(folder, `${id}.${suffix}`), at, at);
      }),
    );

  it('go after 30 days, also when nothing is sent any more', async () => {
    await mailbox.send(mail('old'));
    await mailbox.send(mail('new'));
    await age('old', 31);
    await age('new', 29);
    time += 2 * 3_600_000;
    expect((await mailbox.newest()).map(({ id }) => id)).toEqual(['new']);
    expect(await readdir(folder)).toEqual(['new.eml', 'new.json']);
  });

  it('are the newest thousand, and a hundred until the next look', async () => {
    for (let at = 0; at < 1_200; at += 1) await mailbox.send(mail(`letter-${String(at).padStart(4, '0')}`));
    const kept = await letters('.json');
    expect(kept.length).toBeGreaterThanOrEqual(1_000);
    expect(kept.length).toBeLessThanOrEqual(1_100);
    expect(kept.at(-1)).toBe('letter-1199.json');
    expect(kept).not.toContain('letter-0000.json');
    expect(await letters('.eml')).toEqual(kept.map((name) => name.replace('.json', '.eml')));
  }, 30_000);
});

describe('the mailbox page', () => {
  const kept = (text: string): KeptMail => ({
    id: '1',
    to: 'a@example.tn',
    subject: 's',
    sentAt: '2026-11-23T09:00:00.000Z',
    text,
    html: '',
  });
  const shown = (text: string) => /<pre dir="auto">(.*)<\/pre>/s.exec(mailboxPage([kept(text)]))![1];

  it.each([
    [
      'Voir https://clinique.example/a?b=c&d=e.',
      'Voir <a href="https://clinique.example/a?b=c&amp;d=e" rel="noreferrer">https://clinique.example/a?b=c&amp;d=e</a>.',
    ],
    [
      '« http://localhost:3000/verify#token=x_y-z »',
      '« <a href="http://localhost:3000/verify#token=x_y-z" rel="noreferrer">http://localhost:3000/verify#token=x_y-z</a> »',
    ],
    ['javascript:alert(1) data:text/html,x ftp://a.example', 'javascript:alert(1) data:text/html,x ftp://a.example'],
    [
      'https://a.example/"onmouseover="alert(1)',
      '<a href="https://a.example/" rel="noreferrer">https://a.example/</a>&quot;onmouseover=&quot;alert(1)',
    ],
    [
      'https://a.example/<script>alert(1)</script>',
      '<a href="https://a.example/" rel="noreferrer">https://a.example/</a>&lt;script&gt;alert(1)&lt;/script&gt;',
    ],
  ])('shows links to follow, of the web alone, and no markup: %s', (text, html) => {
    expect(shown(text)).toBe(html);
  });
});
