import { codesOf } from './codes';

/** Frequent in general practice. Source: WHO, ICD-10 (2019), three or four characters. */
export const conditions = codesOf(
  'http://hl7.org/fhir/sid/icd-10',
  `
I10|Hypertension artérielle|High blood pressure|ارتفاع ضغط الدم
E11|Diabète de type 2|Type 2 diabetes|السكري من النوع الثاني
E10|Diabète de type 1|Type 1 diabetes|السكري من النوع الأول
O24.4|Diabète de la grossesse|Diabetes of pregnancy|سكري الحمل
R73.0|Prédiabète|Prediabetes|مقدمات السكري
E78.0|Excès de cholestérol|High cholesterol|ارتفاع الكولسترول
E78.5|Excès de graisses dans le sang|High blood fats|ارتفاع دهون الدم
E66|Obésité|Obesity|السمنة
E03|Hypothyroïdie (thyroïde trop lente)|Underactive thyroid|قصور الغدة الدرقية
E05|Hyperthyroïdie (thyroïde trop rapide)|Overactive thyroid|فرط نشاط الغدة الدرقية
E04|Goitre ou nodule de la thyroïde|Goitre or thyroid nodule|تضخم أو عقدة في الغدة الدرقية
E55|Manque de vitamine D|Vitamin D deficiency|نقص فيتامين د
D50|Anémie par manque de fer|Iron-deficiency anaemia|فقر الدم بسبب نقص الحديد
D51|Anémie par manque de vitamine B12|Vitamin B12 deficiency anaemia|فقر الدم بسبب نقص فيتامين ب12
D56|Thalassémie|Thalassaemia|الثلاسيميا
D57|Drépanocytose|Sickle-cell disease|فقر الدم المنجلي
D55.0|Déficit en G6PD (favisme)|G6PD deficiency|عوز إنزيم G6PD (أنيميا الفول)
M10|Goutte|Gout|النقرس
I20|Angine de poitrine|Angina|الذبحة الصدرية
I21|Infarctus du myocarde (crise cardiaque)|Heart attack|احتشاء عضلة القلب (نوبة قلبية)
I25|Maladie chronique des artères du cœur|Chronic coronary heart disease|مرض الشرايين التاجية المزمن
I48|Fibrillation auriculaire (rythme irrégulier)|Atrial fibrillation|الرجفان الأذيني
I50|Insuffisance cardiaque|Heart failure|قصور القلب
I34|Maladie de la valve mitrale|Mitral valve disease|مرض الصمام التاجي
I35|Maladie de la valve aortique|Aortic valve disease|مرض الصمام الأبهري
I47|Tachycardie (cœur trop rapide par crises)|Paroxysmal tachycardia|تسارع القلب الانتيابي
I63|Accident vasculaire cérébral (AVC) par caillot|Ischaemic stroke|جلطة دماغية
I61|Hémorragie cérébrale|Bleeding in the brain|نزيف دماغي
G45|Accident ischémique transitoire|Transient ischaemic attack|نقص تروية دماغية عابر
I73.9|Artérite des jambes|Peripheral artery disease|مرض الشرايين الطرفية
I80|Phlébite|Phlebitis|التهاب الوريد
I26|Embolie pulmonaire|Pulmonary embolism|انصمام رئوي
I83|Varices|Varicose veins|الدوالي
K64|Hémorroïdes|Haemorrhoids|البواسير
I00|Rhumatisme articulaire aigu|Rheumatic fever|الحمى الروماتيزمية
J45|Asthme|Asthma|الربو
J44|Bronchite chronique obstructive (BPCO)|Chronic obstructive lung disease (COPD)|الانسداد الرئوي المزمن
J40|Bronchite|Bronchitis|التهاب القصبات
J20|Bronchite aiguë|Acute bronchitis|التهاب القصبات الحاد
J21|Bronchiolite|Bronchiolitis|التهاب القصيبات
J18|Pneumonie|Pneumonia|الالتهاب الرئوي
J00|Rhume|Common cold|الزكام
J01|Sinusite aiguë|Acute sinusitis|التهاب الجيوب الأنفية الحاد
J32|Sinusite chronique|Chronic sinusitis|التهاب الجيوب الأنفية المزمن
J02|Pharyngite|Sore throat|التهاب البلعوم
J03|Angine|Tonsillitis|التهاب اللوزتين
J11|Grippe|Influenza|الإنفلونزا
U07.1|COVID-19|COVID-19|كوفيد-19
J30|Rhinite allergique (rhume des foins)|Hay fever|التهاب الأنف التحسسي
A15|Tuberculose du poumon|Tuberculosis of the lung|السل الرئوي
G47.3|Apnée du sommeil|Sleep apnoea|انقطاع النفس أثناء النوم
H65|Otite séreuse|Glue ear|التهاب الأذن الوسطى المصلي
H66|Otite moyenne|Middle-ear infection|التهاب الأذن الوسطى
H60|Otite externe|Outer-ear infection|التهاب الأذن الخارجية
H81|Vertiges de l’oreille interne|Vertigo of the inner ear|دوار الأذن الداخلية
H91|Baisse de l’audition|Hearing loss|ضعف السمع
H10|Conjonctivite|Conjunctivitis|التهاب الملتحمة
H25|Cataracte|Cataract|الساد (الماء الأبيض)
H40|Glaucome|Glaucoma|الزرق (الماء الأزرق)
H52.1|Myopie|Short-sightedness|قصر النظر
H36.0|Atteinte de la rétine par le diabète|Diabetic retinopathy|اعتلال الشبكية السكري
K21|Reflux gastrique|Acid reflux|الارتجاع المعدي
K25|Ulcère de l’estomac|Stomach ulcer|قرحة المعدة
K26|Ulcère du duodénum|Duodenal ulcer|قرحة الاثني عشر
K29|Gastrite|Gastritis|التهاب المعدة
K58|Intestin irritable|Irritable bowel|القولون العصبي
K59.0|Constipation|Constipation|الإمساك
A09|Gastro-entérite|Gastroenteritis|التهاب المعدة والأمعاء
K50|Maladie de Crohn|Crohn’s disease|داء كرون
K51|Rectocolite hémorragique|Ulcerative colitis|التهاب القولون التقرحي
K90.0|Maladie cœliaque (intolérance au gluten)|Coeliac disease|الداء الزلاقي (حساسية الغلوتين)
K35|Appendicite aiguë|Acute appendicitis|التهاب الزائدة الدودية الحاد
K40|Hernie inguinale|Inguinal hernia|فتق إربي
K80|Calculs de la vésicule|Gallstones|حصى المرارة
K76.0|Foie gras|Fatty liver|الكبد الدهني
K74|Cirrhose du foie|Cirrhosis of the liver|تشمع الكبد
B18.1|Hépatite B chronique|Chronic hepatitis B|التهاب الكبد ب المزمن
B18.2|Hépatite C chronique|Chronic hepatitis C|التهاب الكبد ج المزمن
B15|Hépatite A|Hepatitis A|التهاب الكبد أ
K85|Pancréatite aiguë|Acute pancreatitis|التهاب البنكرياس الحاد
B67|Kyste hydatique|Hydatid cyst|الكيس المائي
B55|Leishmaniose|Leishmaniasis|الليشمانيا
A23|Brucellose|Brucellosis|الحمى المالطية
N18|Maladie rénale chronique|Chronic kidney disease|مرض الكلى المزمن
N20|Calculs rénaux|Kidney stones|حصى الكلى
N30|Cystite (infection de la vessie)|Bladder infection|التهاب المثانة
N39.0|Infection urinaire|Urinary tract infection|التهاب المسالك البولية
N10|Pyélonéphrite (infection du rein)|Kidney infection|التهاب الكلى الحاد
N40|Grosse prostate|Enlarged prostate|تضخم البروستات
N80|Endométriose|Endometriosis|بطانة الرحم المهاجرة
E28.2|Ovaires polykystiques|Polycystic ovaries|تكيس المبايض
D25|Fibrome de l’utérus|Fibroid of the womb|ورم ليفي في الرحم
N92|Règles trop abondantes|Heavy periods|غزارة الطمث
N95.1|Troubles de la ménopause|Menopausal symptoms|أعراض سن اليأس
O80|Accouchement normal|Normal delivery|ولادة طبيعية
O82|Accouchement par césarienne|Caesarean delivery|ولادة قيصرية
M06.9|Polyarthrite rhumatoïde|Rheumatoid arthritis|التهاب المفاصل الروماتويدي
M15|Arthrose de plusieurs articulations|Osteoarthritis of several joints|خشونة عدة مفاصل
M17|Arthrose du genou|Osteoarthritis of the knee|خشونة الركبة
M16|Arthrose de la hanche|Osteoarthritis of the hip|خشونة الورك
M54.5|Mal de dos (lombalgie)|Low back pain|ألم أسفل الظهر
M54.3|Sciatique|Sciatica|عرق النسا
M51|Hernie discale|Slipped disc|انزلاق غضروفي
M81|Ostéoporose|Osteoporosis|هشاشة العظام
M45|Spondylarthrite ankylosante|Ankylosing spondylitis|التهاب الفقار اللاصق
M79.7|Fibromyalgie|Fibromyalgia|الألم العضلي الليفي
M32|Lupus|Lupus|الذئبة الحمراء
M35.2|Maladie de Behçet|Behçet’s disease|داء بهجت
G56.0|Syndrome du canal carpien|Carpal tunnel syndrome|متلازمة النفق الرسغي
G43|Migraine|Migraine|الشقيقة
G44.2|Mal de tête de tension|Tension headache|صداع التوتر
G40|Épilepsie|Epilepsy|الصرع
G20|Maladie de Parkinson|Parkinson’s disease|داء باركنسون
G30|Maladie d’Alzheimer|Alzheimer’s disease|داء ألزهايمر
G35|Sclérose en plaques|Multiple sclerosis|التصلب المتعدد
G62|Atteinte des nerfs (neuropathie)|Nerve damage (neuropathy)|اعتلال الأعصاب
F32|Dépression|Depression|الاكتئاب
F41|Anxiété|Anxiety|القلق
F51.0|Insomnie|Insomnia|الأرق
F31|Trouble bipolaire|Bipolar disorder|اضطراب ثنائي القطب
F20|Schizophrénie|Schizophrenia|الفصام
F90|Trouble de l’attention avec hyperactivité|Attention deficit hyperactivity disorder|اضطراب فرط الحركة ونقص الانتباه
F17|Dépendance au tabac|Tobacco dependence|إدمان التدخين
L20|Eczéma atopique|Atopic eczema|الإكزيما التأتبية
L40|Psoriasis|Psoriasis|الصدفية
L50|Urticaire|Hives|الشرى
L70|Acné|Acne|حب الشباب
B35|Mycose de la peau|Fungal skin infection|فطريات الجلد
B02|Zona|Shingles|الهربس النطاقي (الحزام الناري)
B01|Varicelle|Chickenpox|جدري الماء
B86|Gale|Scabies|الجرب
C50|Cancer du sein|Breast cancer|سرطان الثدي
C34|Cancer du poumon|Lung cancer|سرطان الرئة
C18|Cancer du côlon|Colon cancer|سرطان القولون
C61|Cancer de la prostate|Prostate cancer|سرطان البروستات
C67|Cancer de la vessie|Bladder cancer|سرطان المثانة
C53|Cancer du col de l’utérus|Cervical cancer|سرطان عنق الرحم
C73|Cancer de la thyroïde|Thyroid cancer|سرطان الغدة الدرقية
`,
);
