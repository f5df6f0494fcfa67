import { codesOf } from './codes';

/** Frequent in primary care in Tunisia, by substance. Source: WHO Collaborating Centre, ATC index. */
export const medicines = codesOf(
  'http://www.whocc.no/atc',
  `
N02BE01|Paracétamol|Paracetamol|باراسيتامول
M01AE01|Ibuprofène|Ibuprofen|إيبوبروفين
M01AB05|Diclofénac|Diclofenac|ديكلوفيناك
M01AE03|Kétoprofène|Ketoprofen|كيتوبروفين
M01AE02|Naproxène|Naproxen|نابروكسين
M01AC01|Piroxicam|Piroxicam|بيروكسيكام
M01AH01|Célécoxib|Celecoxib|سيليكوكسيب
N02BA01|Acide acétylsalicylique (aspirine)|Acetylsalicylic acid (aspirin)|حمض أسيتيل الساليسيليك (أسبرين)
B01AC06|Aspirine à faible dose|Low-dose aspirin|أسبرين بجرعة منخفضة
N02AX02|Tramadol|Tramadol|ترامادول
N02AJ06|Paracétamol et codéine|Paracetamol and codeine|باراسيتامول وكوديين
N02BG06|Néfopam|Nefopam|نيفوبام
N02CC01|Sumatriptan|Sumatriptan|سوماتريبتان
M03BX05|Thiocolchicoside|Thiocolchicoside|ثيوكولشيكوزيد
M04AA01|Allopurinol|Allopurinol|ألوبيورينول
M04AC01|Colchicine|Colchicine|كولشيسين
M05BA04|Acide alendronique|Alendronic acid|حمض الأليندرونيك
J01CA04|Amoxicilline|Amoxicillin|أموكسيسيلين
J01CR02|Amoxicilline et acide clavulanique|Amoxicillin and clavulanic acid|أموكسيسيلين وحمض الكلافولانيك
J01CE02|Phénoxyméthylpénicilline (pénicilline V)|Phenoxymethylpenicillin (penicillin V)|بنسلين ف
J01CE08|Benzathine benzylpénicilline (Extencilline)|Benzathine benzylpenicillin|بنزاثين بنزيل بنسلين
J01CF04|Oxacilline|Oxacillin|أوكساسيلين
J01DB01|Céfalexine|Cefalexin|سيفالكسين
J01DC02|Céfuroxime|Cefuroxime|سيفوروكسيم
J01DD08|Céfixime|Cefixime|سيفيكسيم
J01DD04|Ceftriaxone|Ceftriaxone|سيفترياكسون
J01DD01|Céfotaxime|Cefotaxime|سيفوتاكسيم
J01FA09|Clarithromycine|Clarithromycin|كلاريثروميسين
J01FA10|Azithromycine|Azithromycin|أزيثروميسين
J01FA01|Érythromycine|Erythromycin|إريثروميسين
J01FG01|Pristinamycine|Pristinamycin|بريستيناميسين
J01AA02|Doxycycline|Doxycycline|دوكسيسيكلين
J01EE01|Sulfaméthoxazole et triméthoprime|Sulfamethoxazole and trimethoprim|سلفاميثوكسازول وتريميثوبريم
J01MA02|Ciprofloxacine|Ciprofloxacin|سيبروفلوكساسين
J01MA12|Lévofloxacine|Levofloxacin|ليفوفلوكساسين
J01MA01|Ofloxacine|Ofloxacin|أوفلوكساسين
J01XX01|Fosfomycine|Fosfomycin|فوسفوميسين
J01XE01|Nitrofurantoïne|Nitrofurantoin|نيتروفورانتوين
J01XD01|Métronidazole (injectable)|Metronidazole (injection)|ميترونيدازول (حقن)
P01AB01|Métronidazole|Metronidazole|ميترونيدازول
P02CA03|Albendazole|Albendazole|ألبندازول
P02CA01|Mébendazole|Mebendazole|ميبندازول
J02AC01|Fluconazole|Fluconazole|فلوكونازول
D01BA02|Terbinafine|Terbinafine|تيربينافين
D01AC02|Miconazole (peau)|Miconazole (skin)|ميكونازول (للجلد)
D01AC08|Kétoconazole (peau)|Ketoconazole (skin)|كيتوكونازول (للجلد)
J05AB01|Aciclovir|Aciclovir|أسيكلوفير
J05AB11|Valaciclovir|Valaciclovir|فالاسيكلوفير
J04AC01|Isoniazide|Isoniazid|إيزونيازيد
J04AB02|Rifampicine|Rifampicin|ريفامبيسين
A10BA02|Metformine|Metformin|ميتفورمين
A10BB09|Gliclazide|Gliclazide|غليكلازيد
A10BB12|Glimépiride|Glimepiride|غليميبيريد
A10BB01|Glibenclamide|Glibenclamide|غليبينكلاميد
A10BH01|Sitagliptine|Sitagliptin|سيتاغليبتين
A10BH02|Vildagliptine|Vildagliptin|فيلداغليبتين
A10BK03|Empagliflozine|Empagliflozin|إمباغليفلوزين
A10BK01|Dapagliflozine|Dapagliflozin|داباغليفلوزين
A10AB01|Insuline humaine rapide|Fast-acting human insulin|إنسولين بشري سريع
A10AC01|Insuline humaine intermédiaire (NPH)|Intermediate human insulin (NPH)|إنسولين بشري متوسط (NPH)
A10AD01|Insuline humaine mixte|Mixed human insulin|إنسولين بشري مختلط
A10AB05|Insuline asparte|Insulin aspart|إنسولين أسبارت
A10AE04|Insuline glargine|Insulin glargine|إنسولين غلارجين
A10AE05|Insuline détémir|Insulin detemir|إنسولين ديتيمير
C08CA01|Amlodipine|Amlodipine|أملوديبين
C08CA05|Nifédipine|Nifedipine|نيفيديبين
C08DA01|Vérapamil|Verapamil|فيراباميل
C08DB01|Diltiazem|Diltiazem|ديلتيازيم
C09AA01|Captopril|Captopril|كابتوبريل
C09AA02|Énalapril|Enalapril|إنالابريل
C09AA04|Périndopril|Perindopril|بيريندوبريل
C09AA05|Ramipril|Ramipril|راميبريل
C09CA01|Losartan|Losartan|لوسارتان
C09CA03|Valsartan|Valsartan|فالسارتان
C09CA04|Irbésartan|Irbesartan|إربيسارتان
C09CA06|Candésartan|Candesartan|كانديسارتان
C03AA03|Hydrochlorothiazide|Hydrochlorothiazide|هيدروكلوروثيازيد
C03BA11|Indapamide|Indapamide|إنداباميد
C03CA01|Furosémide|Furosemide|فوروسيميد
C03DA01|Spironolactone|Spironolactone|سبيرونولاكتون
C07AB03|Aténolol|Atenolol|أتينولول
C07AB07|Bisoprolol|Bisoprolol|بيسوبرولول
C07AA05|Propranolol|Propranolol|بروبرانولول
C07AB12|Nébivolol|Nebivolol|نيبيفولول
C07AG02|Carvédilol|Carvedilol|كارفيديلول
C02AB01|Méthyldopa|Methyldopa|ميثيل دوبا
C01AA05|Digoxine|Digoxin|ديجوكسين
C01BD01|Amiodarone|Amiodarone|أميودارون
C01DA02|Trinitrine (nitroglycérine)|Glyceryl trinitrate|نيتروغليسيرين
C10AA05|Atorvastatine|Atorvastatin|أتورفاستاتين
C10AA01|Simvastatine|Simvastatin|سيمفاستاتين
C10AA07|Rosuvastatine|Rosuvastatin|روسوفاستاتين
C10AB05|Fénofibrate|Fenofibrate|فينوفيبرات
B01AC04|Clopidogrel|Clopidogrel|كلوبيدوغريل
B01AA07|Acénocoumarol (Sintrom)|Acenocoumarol|أسينوكومارول
B01AB05|Énoxaparine|Enoxaparin|إينوكسابارين
B01AF01|Rivaroxaban|Rivaroxaban|ريفاروكسابان
B01AF02|Apixaban|Apixaban|أبيكسابان
B03AA07|Fer (sulfate ferreux)|Iron (ferrous sulfate)|حديد (كبريتات الحديدوز)
B03BB01|Acide folique (vitamine B9)|Folic acid (vitamin B9)|حمض الفوليك (فيتامين ب9)
B03BA01|Cyanocobalamine (vitamine B12)|Cyanocobalamin (vitamin B12)|كوبالامين (فيتامين ب12)
A11CC05|Colécalciférol (vitamine D)|Colecalciferol (vitamin D)|كولي كالسيفيرول (فيتامين د)
A12AX|Calcium et vitamine D|Calcium and vitamin D|كالسيوم وفيتامين د
A12CC|Magnésium|Magnesium|مغنيزيوم
H03AA01|Lévothyroxine|Levothyroxine|ليفوثيروكسين
H03BB01|Carbimazole|Carbimazole|كاربيمازول
H02AB06|Prednisolone|Prednisolone|بريدنيزولون
H02AB07|Prednisone|Prednisone|بريدنيزون
H02AB01|Bétaméthasone|Betamethasone|بيتاميثازون
R03AC02|Salbutamol (inhalé)|Salbutamol (inhaled)|سالبوتامول (استنشاق)
R03BA02|Budésonide (inhalé)|Budesonide (inhaled)|بوديزونيد (استنشاق)
R03BA01|Béclométasone (inhalée)|Beclometasone (inhaled)|بيكلوميتازون (استنشاق)
R03AK06|Salmétérol et fluticasone|Salmeterol and fluticasone|سالميتيرول وفلوتيكازون
R03AK07|Formotérol et budésonide|Formoterol and budesonide|فورموتيرول وبوديزونيد
R03BB04|Tiotropium|Tiotropium|تيوتروبيوم
R03DC03|Montélukast|Montelukast|مونتيلوكاست
R06AE07|Cétirizine|Cetirizine|سيتيريزين
R06AX13|Loratadine|Loratadine|لوراتادين
R06AX27|Desloratadine|Desloratadine|ديسلوراتادين
R06AB02|Dexchlorphéniramine|Dexchlorpheniramine|ديكسكلورفينيرامين
R05CB01|Acétylcystéine|Acetylcysteine|أسيتيل سيستيين
R05CB03|Carbocistéine|Carbocisteine|كاربوسيستيين
A02BC01|Oméprazole|Omeprazole|أوميبرازول
A02BC05|Ésoméprazole|Esomeprazole|إيزوميبرازول
A02BC02|Pantoprazole|Pantoprazole|بانتوبرازول
A02BX13|Alginate|Alginate|ألجينات
A03AX13|Siméticone|Simeticone|سيميتيكون
A03AX12|Phloroglucinol|Phloroglucinol|فلوروغلوسينول
A03FA01|Métoclopramide|Metoclopramide|ميتوكلوبراميد
A03FA03|Dompéridone|Domperidone|دومبيريدون
A07DA03|Lopéramide|Loperamide|لوبيراميد
A07XA04|Racécadotril|Racecadotril|راسيكادوتريل
A07CA|Sels de réhydratation|Oral rehydration salts|أملاح الإماهة
A06AD11|Lactulose|Lactulose|لاكتولوز
A06AD15|Macrogol|Macrogol|ماكروغول
N05BA12|Alprazolam|Alprazolam|ألبرازولام
N05BA08|Bromazépam|Bromazepam|برومازيبام
N05BB01|Hydroxyzine|Hydroxyzine|هيدروكسيزين
N05CF02|Zolpidem|Zolpidem|زولبيديم
N06AB03|Fluoxétine|Fluoxetine|فلوكسيتين
N06AB06|Sertraline|Sertraline|سيرترالين
N06AB05|Paroxétine|Paroxetine|باروكسيتين
N06AB10|Escitalopram|Escitalopram|إسيتالوبرام
N06AA09|Amitriptyline|Amitriptyline|أميتريبتيلين
N05AD01|Halopéridol|Haloperidol|هالوبيريدول
N05AX08|Rispéridone|Risperidone|ريسبيريدون
N03AG01|Acide valproïque|Valproic acid|حمض الفالبرويك
N03AF01|Carbamazépine|Carbamazepine|كاربامازيبين
N03AX14|Lévétiracétam|Levetiracetam|ليفيتيراسيتام
N03AX16|Prégabaline|Pregabalin|بريغابالين
N04BA02|Lévodopa|Levodopa|ليفودوبا
N07CA01|Bétahistine|Betahistine|بيتاهيستين
G04CA02|Tamsulosine|Tamsulosin|تامسولوسين
G03AA07|Lévonorgestrel et éthinylestradiol (pilule)|Levonorgestrel and ethinylestradiol (pill)|ليفونورجيستريل وإيثينيل إستراديول (حبوب منع الحمل)
G03AC03|Lévonorgestrel|Levonorgestrel|ليفونورجيستريل
G03DA04|Progestérone|Progesterone|بروجيستيرون
S01ED01|Timolol (collyre)|Timolol (eye drops)|تيمولول (قطرة للعين)
S01AA12|Tobramycine (collyre)|Tobramycin (eye drops)|توبراميسين (قطرة للعين)
D06AX01|Acide fusidique (peau)|Fusidic acid (skin)|حمض الفوسيديك (للجلد)
P01BA02|Hydroxychloroquine|Hydroxychloroquine|هيدروكسي كلوروكين
L04AX03|Méthotrexate|Methotrexate|ميثوتريكسات
`,
);
