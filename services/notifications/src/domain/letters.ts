import type { Contact, Mail } from './ports.js';
import type { Locale } from './texts.js';

interface Frame {
  greeting: string;
  open: string;
  footer: string;
}

const frames: Readonly<Record<Locale, Frame>> = {
  fr: {
    greeting: 'Bonjour {name},',
    open: 'Voir mes rendez-vous',
    footer: 'MedFlow vous écrit parce que vous avez un compte. Aucune information médicale n’est envoyée par e-mail.',
  },
  en: {
    greeting: 'Hello {name},',
    open: 'See my appointments',
    footer: 'MedFlow writes to you because you have an account. No medical information is sent by e-mail.',
  },
  ar: {
    greeting: 'مرحبًا {name}،',
    open: 'عرض مواعيدي',
    footer: 'تكتب لك MedFlow لأن لديك حسابًا. لا تُرسل أي معلومات طبية بالبريد الإلكتروني.',
  },
};

const escape = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character]!,
  );

/** The e-mail of a notification: plain and HTML, right to left in Arabic. */
export function letterOf({
  id,
  contact,
  title,
  body,
  url,
}: {
  id: string;
  contact: Contact;
  title: string;
  body: string;
  url: string;
}): Mail {
  const { locale, email, firstName, lastName } = contact;
  const frame = frames[locale];
  const greeting = frame.greeting.replace('{name}', firstName);
  const text = [greeting, body, `${frame.open} : ${url}`, frame.footer].join('\n\n');
  const html = `<!doctype html>
<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title></head>
<body style="margin:0;background:#f2f6f6;font-family:system-ui,'Segoe UI',Tahoma,Arial,sans-serif;color:#12303a">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:12px">
<tr><td style="padding:28px 28px 8px;font-size:20px;font-weight:700;color:#0b7285">MedFlow</td></tr>
<tr><td style="padding:8px 28px;font-size:18px;font-weight:600">${escape(title)}</td></tr>
<tr><td style="padding:8px 28px;font-size:16px;line-height:1.5">${escape(greeting)}<br><br>${escape(body)}</td></tr>
<tr><td style="padding:20px 28px"><a href="${escape(url)}" style="display:inline-block;padding:12px 20px;background:#0b7285;color:#ffffff;text-decoration:none;border-radius:8px">${escape(frame.open)}</a></td></tr>
<tr><td style="padding:8px 28px 28px;font-size:13px;color:#52666d">${escape(frame.footer)}</td></tr>
</table></td></tr></table></body></html>`;
  return { id, to: { name: `${firstName} ${lastName}`, address: email }, subject: title, text, html };
}
