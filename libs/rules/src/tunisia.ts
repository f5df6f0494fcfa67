import type { Country, Source } from './country-rules.js';

const DECREE: Source = {
  title:
    'Décret présidentiel n° 2022-318 du 8 avril 2022, fixant les conditions générales d’exercice de la télémédecine et les domaines de son application',
  date: '2022-04-08',
};

const ORDER: Source = {
  title: 'Arrêté du ministre de la Santé du 13 juin 2024 (JORT n° 73) relatif à la télémédecine',
  date: '2024-06-13',
};

const COLLEGE: Source = {
  title: 'Communiqué du Conseil national de l’Ordre des médecins du 4 novembre 2025 sur les témoignages de patients',
  date: '2025-11-04',
};

const FEES: Source = {
  title:
    'Valeurs de départ de MedFlow, et non un texte : à comparer aux fourchettes du Conseil national de l’Ordre des médecins et à remplacer par MEDFLOW_FEE_RANGES',
};

/** Millimes: three decimals in a dinar. */
const dinars = (amount: number): number => amount * 1_000;
const range = (specialization: string, from: number, to: number) => ({
  specialization,
  currency: 'TND',
  from: dinars(from),
  to: dinars(to),
});

const specialists = [
  ...['cardiology', 'dermatology', 'endocrinology', 'gastroenterology', 'gynecology', 'neurology', 'ophthalmology'],
  ...['orthopedics', 'otolaryngology', 'pediatrics', 'psychiatry', 'pulmonology', 'rheumatology', 'urology'],
];

export const tunisia: Country = {
  code: 'TN',
  rules: [
    {
      id: 'video-after-examination',
      sentence: {
        fr: 'Une consultation vidéo n’a lieu qu’avec un médecin qui a déjà examiné le patient en personne : MedFlow le sait d’une visite au cabinet terminée, ou le patient le déclare en réservant et le médecin le confirme en acceptant, ou le médecin consigne une dérogation motivée.',
        en: 'A video visit takes place only with a doctor who has already examined the patient in person: MedFlow knows it from a completed in-person visit, or the patient declares it when booking and the doctor confirms it when accepting, or the doctor records a derogation with its reason.',
        ar: 'لا تُجرى استشارة بالفيديو إلا مع طبيب سبق أن فحص المريض حضوريًا: يعرف MedFlow ذلك من زيارة حضورية تمت، أو يصرّح به المريض عند الحجز ويؤكده الطبيب عند القبول، أو يسجّل الطبيب استثناءً معلّلًا.',
      },
      source: DECREE,
    },
    {
      id: 'video-where-suitable',
      sentence: {
        fr: 'Au début de la visite, le médecin juge si la vidéo convient. Sinon il la refuse avec un motif, qui entre dans le dossier, et le patient se voit proposer un rendez-vous au cabinet.',
        en: 'At the start of the visit the doctor judges whether video suits. If not, they decline with a reason, which goes into the record, and the patient is offered a place in person.',
        ar: 'في بداية الزيارة يقدّر الطبيب هل الفيديو مناسب. وإلا رفضها مع ذكر السبب الذي يُدوَّن في الملف، ويُعرض على المريض موعد حضوري.',
      },
      source: DECREE,
    },
    {
      id: 'no-certificate-by-video',
      sentence: {
        fr: 'Aucun certificat médical n’est établi à la suite d’une consultation vidéo.',
        en: 'No medical certificate follows from a video visit.',
        ar: 'لا تُحرَّر أي شهادة طبية على إثر استشارة بالفيديو.',
      },
      source: ORDER,
    },
    {
      id: 'no-controlled-medicine-by-video',
      sentence: {
        fr: 'Aucun médicament du tableau B ni aucun psychotrope n’est prescrit par vidéo.',
        en: 'No medicine of Table B and no psychotropic is prescribed by video.',
        ar: 'لا يوصف بالفيديو أي دواء من الجدول «ب» ولا أي دواء من المؤثرات العقلية.',
      },
      source: ORDER,
    },
    {
      id: 'reviews-for-the-doctor-alone',
      sentence: {
        fr: 'Les avis des patients ne sont lus que du médecin concerné et des administrateurs, sauf si l’administrateur en décide autrement (MEDFLOW_PUBLIC_REVIEWS).',
        en: 'Patients’ reviews are read by their doctor and by administrators alone, unless the administrator decides otherwise (MEDFLOW_PUBLIC_REVIEWS).',
        ar: 'لا يطّلع على آراء المرضى إلا الطبيب المعني والمشرفون، ما لم يقرر المشرف خلاف ذلك (MEDFLOW_PUBLIC_REVIEWS).',
      },
      source: COLLEGE,
    },
    {
      id: 'fees-within-range',
      sentence: {
        fr: 'Un honoraire hors de la fourchette de la spécialité est signalé au médecin, qui reste libre de le publier.',
        en: 'A fee outside the range of the specialty is pointed out to the doctor, who remains free to publish it.',
        ar: 'يُنبَّه الطبيب إلى كل أجرة تخرج عن نطاق اختصاصه، ويبقى حرًا في نشرها.',
      },
      source: FEES,
    },
  ],
  controlledMedicines: {
    // By ATC classes (WHO): opioids and other narcotics, which Table B names, then psychotropics.
    atc: [
      ...['N02AA', 'N02AB', 'N02AE', 'N02AG', 'N02AJ', 'N02AX', 'N07BC', 'N01AH', 'R05DA04', 'R05DA03', 'R05DA01'],
      ...['N05A', 'N05B', 'N05C', 'N06A', 'N06B', 'N06C', 'N03AA', 'N03AE'],
    ],
    names: [
      ...['morphine', 'codeine', 'oxycodone', 'hydromorphone', 'fentanyl', 'sufentanil', 'alfentanil', 'remifentanil'],
      ...['pethidine', 'methadone', 'buprenorphine', 'tramadol', 'nalbuphine', 'opium', 'cocaine', 'ketamine'],
      ...['diazepam', 'alprazolam', 'bromazepam', 'lorazepam', 'clonazepam', 'prazepam', 'oxazepam', 'clorazepate'],
      ...['midazolam', 'zolpidem', 'zopiclone', 'clobazam', 'nitrazepam', 'flunitrazepam', 'meprobamate'],
      ...['phenobarbital', 'methylphenidate', 'amphetamine', 'dexamphetamine', 'lisdexamfetamine', 'modafinil'],
      ...['haloperidol', 'chlorpromazine', 'levomepromazine', 'risperidone', 'olanzapine', 'quetiapine', 'clozapine'],
      ...['aripiprazole', 'amisulpride', 'sulpiride', 'lithium', 'amitriptyline', 'clomipramine', 'imipramine'],
      ...['fluoxetine', 'paroxetine', 'sertraline', 'citalopram', 'escitalopram', 'fluvoxamine', 'venlafaxine'],
      ...['duloxetine', 'mirtazapine', 'mianserin', 'mianserine', 'trihexyphenidyl', 'trihexyphenidyle'],
    ],
  },
  feeRanges: [range('general-practice', 30, 50), ...specialists.map((specialty) => range(specialty, 50, 80))],
};
