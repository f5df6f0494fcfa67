import { codesOf } from './codes';

/** What people are most often allergic to; medicines by their ATC code, others have no code that may be used freely. */
export const allergens = codesOf(
  'http://www.whocc.no/atc',
  `
J01C|Pénicillines|Penicillins|البنسلينات
J01CA04|Amoxicilline|Amoxicillin|أموكسيسيلين
J01DB|Céphalosporines|Cephalosporins|السيفالوسبورينات
J01E|Sulfamides (Bactrim)|Sulfonamides|السلفوناميدات
J01FA|Macrolides (érythromycine, azithromycine)|Macrolides (erythromycin, azithromycin)|الماكروليدات
J01MA|Quinolones (ciprofloxacine)|Quinolones (ciprofloxacin)|الكينولونات
N02BA01|Aspirine|Aspirin|أسبرين
M01A|Anti-inflammatoires (ibuprofène, kétoprofène)|Anti-inflammatory medicines (ibuprofen, ketoprofen)|مضادات الالتهاب (إيبوبروفين)
N02BE01|Paracétamol|Paracetamol|باراسيتامول
N02AA59|Codéine|Codeine|كوديين
N01BB|Anesthésiques locaux (lidocaïne)|Local anaesthetics (lidocaine)|مخدرات موضعية (ليدوكايين)
V08A|Produits de contraste iodés (scanner)|Iodine contrast (CT scan)|مواد التباين اليودية (السكانير)
A10A|Insuline|Insulin|إنسولين
|Latex|Latex|اللاتكس
|Arachide (cacahuète)|Peanut|الفول السوداني
|Fruits à coque (noix, amandes, noisettes)|Tree nuts (walnut, almond, hazelnut)|المكسرات (جوز، لوز، بندق)
|Lait de vache|Cow’s milk|حليب البقر
|Œuf|Egg|البيض
|Blé|Wheat|القمح
|Poisson|Fish|السمك
|Crustacés (crevettes, crabe)|Shellfish (shrimp, crab)|القشريات (جمبري، سلطعون)
|Sésame|Sesame|السمسم
|Soja|Soya|الصويا
|Fèves|Broad beans|الفول
|Fraise|Strawberry|الفراولة
|Kiwi|Kiwi|الكيوي
|Pollen d’olivier|Olive pollen|غبار طلع الزيتون
|Pollen de graminées|Grass pollen|غبار طلع الأعشاب
|Acariens (poussière)|House dust mites|عث الغبار
|Moisissures|Mould|العفن
|Poils de chat|Cat hair|وبر القط
|Poils de chien|Dog hair|وبر الكلب
|Piqûre d’abeille|Bee sting|لسعة النحل
|Piqûre de guêpe|Wasp sting|لسعة الدبور
|Nickel (bijoux)|Nickel (jewellery)|النيكل (المجوهرات)
|Parfums et cosmétiques|Perfume and cosmetics|العطور ومستحضرات التجميل
|Sparadrap (adhésif)|Sticking plaster|الشريط اللاصق
`,
);
