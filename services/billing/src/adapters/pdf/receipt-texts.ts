import type { ReceiptContent } from '../../domain/receipt.js';

type Language = ReceiptContent['language'];

export interface ReceiptTexts {
  title: string;
  number: string;
  issuedAt: string;
  issuer: string;
  patient: string;
  doctor: string;
  visit: string;
  mode: Record<ReceiptContent['mode'], string>;
  service: string;
  method: string;
  total: string;
  refunded: string;
  payment: string;
  paid: string;
  testMode: string;
  footer: string;
}

export const receiptTexts: Readonly<Record<Language, ReceiptTexts>> = {
  fr: {
    title: 'Reçu de paiement',
    number: 'Reçu nº',
    issuedAt: 'Émis le',
    issuer: 'Émis par',
    patient: 'Patient',
    doctor: 'Médecin',
    visit: 'Rendez-vous',
    mode: { video: 'Consultation vidéo', 'in-person': 'Consultation au cabinet' },
    service: 'Prestation',
    method: 'Payé par carte',
    total: 'Total payé',
    refunded: 'Remboursé',
    payment: 'Référence du paiement',
    paid: 'Payé',
    testMode: 'MODE TEST — sans valeur',
    footer: 'Ce reçu atteste du paiement. Il ne contient aucune donnée médicale.',
  },
  en: {
    title: 'Payment receipt',
    number: 'Receipt no.',
    issuedAt: 'Issued on',
    issuer: 'Issued by',
    patient: 'Patient',
    doctor: 'Doctor',
    visit: 'Appointment',
    mode: { video: 'Video consultation', 'in-person': 'Consultation at the practice' },
    service: 'Service',
    method: 'Paid by card',
    total: 'Total paid',
    refunded: 'Refunded',
    payment: 'Payment reference',
    paid: 'Paid',
    testMode: 'TEST MODE — without value',
    footer: 'This receipt certifies the payment. It holds no medical data.',
  },
  ar: {
    title: 'إيصال دفع',
    number: 'إيصال رقم',
    issuedAt: 'صدر في',
    issuer: 'صادر عن',
    patient: 'المريض',
    doctor: 'الطبيب',
    visit: 'الموعد',
    mode: { video: 'استشارة بالفيديو', 'in-person': 'استشارة في العيادة' },
    service: 'الخدمة',
    method: 'دُفع بالبطاقة',
    total: 'المبلغ المدفوع',
    refunded: 'المبلغ المسترد',
    payment: 'مرجع الدفع',
    paid: 'مدفوع',
    testMode: 'وضع الاختبار — بلا قيمة',
    footer: 'يثبت هذا الإيصال عملية الدفع، ولا يحتوي على أي بيانات طبية.',
  },
};
