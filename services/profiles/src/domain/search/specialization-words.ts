import type { Specialization } from '../codes.js';
import { wordsOf } from './normalise.js';
import { Vocabulary } from './vocabulary.js';

/** What people call each specialisation and those who practise it, in French, English and Arabic. */
const labels: Readonly<Record<Specialization, string>> = {
  'general-practice': 'médecine générale généraliste famille family general practice practitioner طب عام عائلة',
  cardiology: 'cardiologie cardiologue coeur cardiology cardiologist heart أمراض القلب والشرايين',
  dermatology: 'dermatologie dermatologue peau dermatology dermatologist skin أمراض جلدية الجلد',
  endocrinology:
    'endocrinologie endocrinologue diabète diabétologue endocrinology endocrinologist diabetes الغدد الصماء السكري',
  gastroenterology:
    'gastro-entérologie gastroentérologie gastroentérologue gastroenterology gastroenterologist الجهاز الهضمي المعدة',
  gynecology:
    'gynécologie gynécologue obstétrique sage-femme gynecology gynaecology gynecologist obstetrics أمراض النساء التوليد',
  neurology: 'neurologie neurologue neurology neurologist brain أمراض الأعصاب',
  nutrition: 'nutrition nutritionniste diététicien diététique nutritionist dietitian التغذية',
  ophthalmology: 'ophtalmologie ophtalmologue oculiste yeux ophthalmology ophthalmologist eye eyes طب العيون',
  orthopedics: 'orthopédie orthopédiste os orthopedics orthopaedics orthopedist bones جراحة العظام',
  otolaryngology:
    'oto-rhino-laryngologie otorhinolaryngologie orl oto-rhino otolaryngology ent ear nose throat أنف أذن حنجرة',
  pediatrics: 'pédiatrie pédiatre enfants pediatrics paediatrics pediatrician paediatrician children طب الأطفال',
  psychiatry: 'psychiatrie psychiatre psychiatry psychiatrist الطب النفسي نفسية',
  psychology: 'psychologie psychologue psychothérapie psychology psychologist psychotherapy علم النفس نفساني',
  pulmonology: 'pneumologie pneumologue poumons pulmonology pulmonologist lungs أمراض الصدر الرئة',
  rheumatology: 'rhumatologie rhumatologue rheumatology rheumatologist أمراض المفاصل الروماتيزم',
  urology: 'urologie urologue urology urologist المسالك البولية',
  dentistry: 'dentisterie dentiste dents dentaire dentistry dentist teeth dental طب الأسنان',
  physiotherapy: 'kinésithérapie kinésithérapeute kiné physiothérapie physiotherapy physiotherapist العلاج الطبيعي',
  radiology: 'radiologie radiologue imagerie radiology radiologist imaging الأشعة التصوير',
};

/** The specialisations that a word of the labels stands for. */
export const specializationWords = new Vocabulary<Specialization[]>();

for (const [code, label] of Object.entries(labels) as [Specialization, string][]) {
  for (const word of wordsOf(label)) {
    const known = specializationWords.get(word);
    if (known) known.push(code);
    else specializationWords.add(word, [code]);
  }
}
