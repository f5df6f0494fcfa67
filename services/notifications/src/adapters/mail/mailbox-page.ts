import type { KeptMail } from './mailbox.js';

const escape = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character]!,
  );

/** Addresses on the web, without the sign that ends the sentence they stand in. */
const LINK = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]»])/;

/** The text with its links to follow, which do not tell where they were followed from. */
const withLinks = (text: string): string =>
  text
    .split(LINK)
    .map((part, at) => (at % 2 === 1 ? `<a href="${escape(part)}" rel="noreferrer">${escape(part)}</a>` : escape(part)))
    .join('');

export const mailboxStyle = `body{margin:0;font:16px/1.5 system-ui,sans-serif;background:#f2f6f6;color:#12303a}
main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem}
details{background:#fff;border:1px solid #d5e0e2;border-radius:.6rem;margin:.6rem 0;padding:.7rem 1rem}
summary{cursor:pointer}summary span{color:#52666d;font-size:.9rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}
a{color:#0b6473}
@media (prefers-color-scheme:dark){body{background:#0f1c20;color:#e6f0f2}details{background:#16282e;border-color:#2b444c}summary span{color:#a5bcc3}a{color:#7fd0de}}`;

function letter({ to, subject, sentAt, text, attachments = [] }: KeptMail): string {
  const at = `<time datetime="${sentAt}">${sentAt.slice(0, 16).replace('T', ' ')} UTC</time>`;
  const summary = `<summary dir="auto"><strong>${escape(subject)}</strong><br><span>${escape(to)} · ${at}</span></summary>`;
  const files = attachments.map(({ filename }) => `<p>📎 ${escape(filename)}</p>`).join('');
  return `<details>${summary}<pre dir="auto">${withLinks(text)}</pre>${files}</details>`;
}

/** All letters, newest first, each folded away. */
export function mailboxPage(mails: readonly KeptMail[]): string {
  const body = mails.length > 0 ? mails.map(letter).join('') : '<p>Aucun message pour le moment.</p>';
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Boîte aux lettres — MedFlow</title><link rel="stylesheet" href="/mailbox/mailbox.css"></head><body><main><h1>Boîte aux lettres</h1><p>Aucun serveur SMTP n’est configuré : les e-mails restent sur cette machine, au plus 30 jours.</p>${body}</main></body></html>`;
}
