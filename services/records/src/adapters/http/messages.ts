import type { Messages } from '@medflow/service-kit';

export const messages: Messages = {
  'entry-withdrawn': {
    fr: 'Cet élément a été retiré du dossier : il ne peut plus être corrigé.',
    en: 'This was withdrawn from the record: it can no longer be corrected.',
    ar: 'سُحب هذا العنصر من الملف: لم يعد بالإمكان تصحيحه.',
  },
  'certificate-by-video': {
    fr: 'Aucun certificat ne suit une consultation vidéo : recevez le patient au cabinet, ou écrivez une note.',
    en: 'No certificate follows from a video visit: see the patient in person, or write a note.',
    ar: 'لا تُحرَّر شهادة على إثر استشارة بالفيديو: استقبل المريض في العيادة أو اكتب ملاحظة.',
  },
  'medicine-by-video': {
    fr: 'Ce médicament (tableau B ou psychotrope) ne se prescrit pas par vidéo : choisissez-en un autre, ou recevez le patient au cabinet.',
    en: 'This medicine (Table B or psychotropic) is not prescribed by video: choose another, or see the patient in person.',
    ar: 'لا يوصف هذا الدواء (الجدول «ب» أو المؤثرات العقلية) بالفيديو: اختر دواءً آخر أو استقبل المريض في العيادة.',
  },
  'not-practising': {
    fr: 'Votre licence n’est pas vérifiée ou votre compte est suspendu : vous ne pouvez ouvrir aucun dossier.',
    en: 'Your licence is not verified or your account is suspended: you can open no record.',
    ar: 'رخصتك غير مُتحقق منها أو حسابك موقوف: لا يمكنك فتح أي ملف.',
  },
  'already-in-care': {
    fr: 'Vous suivez déjà ce patient : son dossier vous est ouvert.',
    en: 'This patient is in your care: the record is open to you already.',
    ar: 'هذا المريض تحت رعايتك: ملفه مفتوح لك بالفعل.',
  },
  'already-reviewed': {
    fr: 'Cet accès a déjà été examiné.',
    en: 'This access has been reviewed already.',
    ar: 'تمت مراجعة هذا الوصول من قبل.',
  },
  'before-from': {
    fr: 'La fin doit suivre le début.',
    en: 'The end must follow the beginning.',
    ar: 'يجب أن تأتي النهاية بعد البداية.',
  },
  'out-of-range': {
    fr: 'Cette valeur n’est pas possible : vérifiez le nombre et l’unité.',
    en: 'This value is not possible: check the number and the unit.',
    ar: 'هذه القيمة غير ممكنة: تحقق من الرقم والوحدة.',
  },
  unchangeable: {
    fr: 'Une correction ne change pas la nature de l’élément.',
    en: 'A correction does not change what kind of entry it is.',
    ar: 'التصحيح لا يغيّر نوع العنصر.',
  },
  'wrong-passcode': {
    fr: 'Ce code n’ouvre pas le lien. Essais restants : {count}.',
    en: 'This passcode does not open the link. Attempts left: {count}.',
    ar: 'هذا الرمز لا يفتح الرابط. المحاولات المتبقية: {count}.',
  },
  'too-many-links': {
    fr: 'Vous avez déjà {max} liens ouverts : révoquez-en un d’abord.',
    en: 'You have {max} open links already: revoke one first.',
    ar: 'لديك بالفعل {max} من الروابط المفتوحة: ألغِ أحدها أولاً.',
  },
  'in-the-past': {
    fr: 'Choisissez une date à venir.',
    en: 'Choose a date in the future.',
    ar: 'اختر تاريخًا في المستقبل.',
  },
  'too-far': {
    fr: 'Un lien reste ouvert 366 jours au plus.',
    en: 'A link stays open for 366 days at most.',
    ar: 'يبقى الرابط مفتوحًا 366 يومًا على الأكثر.',
  },
  'not-a-bundle': {
    fr: 'Ce fichier n’est pas un Bundle FHIR.',
    en: 'This file is not a FHIR Bundle.',
    ar: 'هذا الملف ليس حزمة FHIR.',
  },
  'nested-bundle': {
    fr: 'Un Bundle dans un Bundle ne peut pas être importé.',
    en: 'A Bundle within a Bundle cannot be imported.',
    ar: 'لا يمكن استيراد حزمة داخل حزمة.',
  },
  'several-patients': {
    fr: 'Ce Bundle parle de plusieurs patients.',
    en: 'This Bundle is about several patients.',
    ar: 'تتعلق هذه الحزمة بعدة مرضى.',
  },
  'not-of-this-kind': {
    fr: 'Ce champ ne va pas avec ce type d’élément.',
    en: 'This field does not go with this kind of entry.',
    ar: 'هذا الحقل لا يناسب هذا النوع من العناصر.',
  },
  'unsupported-file': {
    fr: 'Seuls les fichiers PDF, JPEG, PNG et WebP sont acceptés, selon leur contenu et non leur nom.',
    en: 'Only PDF, JPEG, PNG and WebP files are accepted, by their content and not their name.',
    ar: 'تُقبل ملفات PDF وJPEG وPNG وWebP فقط، حسب محتواها لا اسمها.',
  },
  'broken-file': {
    fr: 'Ce fichier est incomplet ou ne peut pas être lu.',
    en: 'This file is incomplete or cannot be read.',
    ar: 'هذا الملف غير مكتمل أو تتعذر قراءته.',
  },
  'file-too-large': {
    fr: 'Ce fichier est trop volumineux : {megabytes} Mo au plus.',
    en: 'This file is too large: at most {megabytes} MB.',
    ar: 'هذا الملف كبير جدًا: {megabytes} ميغابايت على الأكثر.',
  },
  'range-not-satisfiable': {
    fr: 'Le fichier se termine avant la partie demandée.',
    en: 'The file ends before the part that was asked for.',
    ar: 'ينتهي الملف قبل الجزء المطلوب.',
  },
  'unreadable-certificate': {
    fr: 'Ce fichier ne contient pas de certificat avec sa clé, ou la phrase secrète est fausse.',
    en: 'This file holds no certificate with its key, or the passphrase is wrong.',
    ar: 'لا يحتوي هذا الملف على شهادة مع مفتاحها، أو عبارة المرور خاطئة.',
  },
  'certificate-not-valid': {
    fr: 'Ce certificat a expiré ou n’est pas encore valable.',
    en: 'This certificate has expired or is not valid yet.',
    ar: 'انتهت صلاحية هذه الشهادة أو لم تبدأ بعد.',
  },
};
