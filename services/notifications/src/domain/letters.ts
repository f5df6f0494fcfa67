import type { AccountLetterKind } from './account-letter.js';
import type { Notification } from './notification.js';
import type { Contact, Mail } from './ports.js';
import { filled, texts } from './texts.js';
import type { Way, Words } from './texts/texts.js';

const escape = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character]!,
  );

const rowOf = ({ title, body }: Words): string =>
  `<tr><td style="padding:8px 28px;font-size:16px;line-height:1.5"><strong>${escape(title)}</strong><br>${escape(body)}</td></tr>\n`;

/** What the reader is to do next, and its page in the web client. */
export function wayOf({
  kind,
  side,
  variant,
  appointmentId = '',
  conversationId = '',
}: Pick<Notification, 'kind' | 'side' | 'variant' | 'appointmentId' | 'conversationId'>): {
  way: Way;
  path: string;
} {
  const page = `/appointments/${encodeURIComponent(appointmentId)}`;
  const pay = { way: 'pay', path: `${page}/pay` } as const;
  if (variant === 'due' && side === 'patient') return pay;
  switch (kind) {
    case 'payment-failed':
    case 'payment-pending':
      return pay;
    case 'payment-captured':
    case 'payment-refunded':
      return { way: 'payments', path: '/payments' };
    case 'review-invited':
      return { way: 'rate', path: `${page}/rate` };
    case 'message-received':
      return { way: 'message', path: `/messages/${encodeURIComponent(conversationId)}` };
    case 'record-entry-added':
      return { way: 'record', path: '/record' };
    case 'emergency-access-opened':
      return { way: 'record', path: '/record/access' };
    case 'review-submitted':
      return { way: 'reviews', path: '/reviews' };
    default:
      return { way: kind === 'appointment-requested' && side === 'doctor' ? 'answer' : 'appointment', path: page };
  }
}

/** The token stands behind the #, where neither logs nor other sites' pages learn of it. */
export function accountWayOf(kind: AccountLetterKind, token = ''): { way: Way; path: string } {
  const fragment = `#token=${encodeURIComponent(token)}`;
  switch (kind) {
    case 'verification':
      return { way: 'verify', path: `/verify-email${fragment}` };
    case 'recovery':
      return { way: 'recover', path: `/reset-password${fragment}` };
    case 'credentials-changed':
      return { way: 'secure', path: '/forgot-password' };
    default:
      return { way: 'signIn', path: '/sign-in' };
  }
}

interface LetterParts {
  id: string;
  contact: Contact;
  title: string;
  body: string;
  /** News, one after the other, below the body. */
  items?: readonly Words[];
  way: Way;
  url: string;
  attachments?: Mail['attachments'];
}

/** Several news in one e-mail. */
export function bundleOf({
  items,
  ...parts
}: Pick<LetterParts, 'id' | 'contact' | 'url'> & { items: readonly Words[] }): Mail {
  const { locale } = parts.contact;
  const { title, body } = texts[locale].letter.bundle;
  return letterOf({
    ...parts,
    items,
    way: 'notifications',
    title: filled(title, locale, { count: items.length }),
    body,
  });
}

/** The e-mail: plain and HTML, right to left in Arabic. */
export function letterOf({ id, contact, title, body, items = [], way, url, attachments }: LetterParts): Mail {
  const { locale, email, firstName, lastName } = contact;
  const { letter } = texts[locale];
  const { button, link } = letter.ways[way];
  const greeting = firstName ? filled(letter.greeting, locale, { name: firstName }) : letter.unnamedGreeting;
  const listed = items.map((item) => `${item.title}\n${item.body}`);
  const text = [greeting, body, ...listed, filled(link, locale, { url }), letter.footer].join('\n\n');
  const html = `<!doctype html>
<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title></head>
<body style="margin:0;background:#f2f6f6;font-family:system-ui,'Segoe UI',Tahoma,Arial,sans-serif;color:#12303a">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:12px">
<tr><td style="padding:28px 28px 8px;font-size:20px;font-weight:700;color:#0b7285">MedFlow</td></tr>
<tr><td style="padding:8px 28px;font-size:18px;font-weight:600">${escape(title)}</td></tr>
<tr><td style="padding:8px 28px;font-size:16px;line-height:1.5">${escape(greeting)}<br><br>${escape(body)}</td></tr>
${items.map(rowOf).join('')}<tr><td style="padding:20px 28px"><a href="${escape(url)}" style="display:inline-block;padding:12px 20px;background:#0b7285;color:#ffffff;text-decoration:none;border-radius:8px">${escape(button)}</a></td></tr>
<tr><td style="padding:8px 28px 28px;font-size:13px;color:#52666d">${escape(letter.footer)}</td></tr>
</table></td></tr></table></body></html>`;
  return {
    id,
    to: { name: `${firstName} ${lastName}`.trim(), address: email },
    subject: title,
    text,
    html,
    ...(attachments && { attachments }),
  };
}
