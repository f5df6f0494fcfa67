import { codesOf } from './codes';

/** Of the Tunisian calendar and for travellers. Source: WHO Collaborating Centre, ATC index. */
export const vaccines = codesOf(
  'http://www.whocc.no/atc',
  `
J07AN01|BCG (tuberculose)|BCG (tuberculosis)|بي سي جي (السل)
J07BC01|Hépatite B|Hepatitis B|التهاب الكبد ب
J07BC02|Hépatite A|Hepatitis A|التهاب الكبد أ
J07CA09|Diphtérie, tétanos, coqueluche, polio, Hib, hépatite B (hexavalent)|Diphtheria, tetanus, whooping cough, polio, Hib, hepatitis B|السداسي: الخناق، الكزاز، السعال الديكي، الشلل، المستدمية، التهاب الكبد ب
J07CA06|Diphtérie, tétanos, coqueluche, polio, Hib (pentavalent)|Diphtheria, tetanus, whooping cough, polio, Hib|الخماسي: الخناق، الكزاز، السعال الديكي، الشلل، المستدمية
J07CA02|Diphtérie, tétanos, coqueluche, polio|Diphtheria, tetanus, whooping cough, polio|الخناق، الكزاز، السعال الديكي، الشلل
J07CA01|Diphtérie, tétanos, polio (rappel)|Diphtheria, tetanus, polio (booster)|الخناق، الكزاز، الشلل (جرعة داعمة)
J07AM51|Tétanos et diphtérie|Tetanus and diphtheria|الكزاز والخناق
J07AM01|Tétanos|Tetanus|الكزاز
J07BF02|Polio par la bouche|Oral polio|شلل الأطفال (فموي)
J07BF03|Polio injectable|Injected polio|شلل الأطفال (حقن)
J07BD52|Rougeole, oreillons, rubéole (ROR)|Measles, mumps, rubella (MMR)|الحصبة والنكاف والحصبة الألمانية
J07BD53|Rougeole et rubéole|Measles and rubella|الحصبة والحصبة الألمانية
J07BJ01|Rubéole|Rubella|الحصبة الألمانية
J07AL02|Pneumocoque|Pneumococcus|المكورات الرئوية
J07AH08|Méningocoque (méningite)|Meningococcus (meningitis)|المكورات السحائية
J07BH01|Rotavirus|Rotavirus|الفيروس العجلي
J07BM|Papillomavirus (HPV)|Human papillomavirus (HPV)|فيروس الورم الحليمي
J07BB|Grippe saisonnière|Seasonal influenza|الإنفلونزا الموسمية
J07BN|COVID-19|COVID-19|كوفيد-19
J07BK01|Varicelle|Chickenpox|جدري الماء
J07BK|Zona|Shingles|الهربس النطاقي
J07BG01|Rage|Rabies|داء الكلب
J07AP|Typhoïde|Typhoid|التيفوئيد
J07BL01|Fièvre jaune|Yellow fever|الحمى الصفراء
`,
);
