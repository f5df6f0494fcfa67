export type ConsentLanguage = 'fr' | 'en' | 'ar';

/** What patients agree to before their first visit by video; a text that changes is a new version. */
export const CONSENT_VERSION = '2026-11';

export const consentText: Readonly<Record<ConsentLanguage, string>> = {
  fr: `J’accepte d’être consulté à distance, par vidéo. Je sais que le médecin ne peut pas m’examiner comme au cabinet, qu’il peut juger que ma demande ne s’y prête pas et me proposer un rendez-vous sur place. L’image et le son vont directement d’un appareil à l’autre, chiffrés ; MedFlow ne les enregistre pas. Ce que le médecin note va dans mon dossier. Je peux retirer cet accord à tout moment : les consultations déjà faites n’en sont pas changées. En cas d’urgence, j’appelle le 190.`,
  en: `I agree to be treated at a distance, by video. I know that the doctor cannot examine me as at the practice, may find that my concern does not suit it, and may offer an appointment in person. Picture and sound go directly from one device to the other, encrypted; MedFlow does not record them. What the doctor notes goes into my record. I can withdraw this consent at any time: visits that have taken place are not changed by it. In an emergency I call 190.`,
  ar: `أوافق على الاستشارة عن بُعد بالفيديو. أعلم أن الطبيب لا يستطيع فحصي كما في العيادة، وقد يرى أن حالتي لا تناسب ذلك فيقترح عليّ موعدًا حضوريًا. تنتقل الصورة والصوت مباشرة من جهاز إلى آخر بشكل مشفّر، ولا يسجّلهما MedFlow. ما يدوّنه الطبيب يُحفظ في ملفي. يمكنني سحب هذه الموافقة في أي وقت دون أن يغيّر ذلك الاستشارات التي تمت. في حالة الطوارئ أتصل بالرقم 190.`,
};

/** Who agreed to which text, and since when not any more. */
export abstract class Consents {
  abstract isRecorded(accountId: string, version: string): Promise<boolean>;
  /** Once; a second time changes nothing, after a withdrawal it counts again. */
  abstract record(accountId: string, version: string, now: Date): Promise<void>;
  abstract withdraw(accountId: string, now: Date): Promise<void>;
}
