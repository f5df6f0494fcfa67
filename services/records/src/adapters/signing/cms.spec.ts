import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { signPdf } from '@medflow/pdf';
import type { PaperContent } from '../../domain/papers.js';
import { printPaper } from '../pdf/print-paper.js';
import { detachedSignature } from './cms.js';
import { selfSigned } from './installation-certificate.js';

const content: PaperContent = {
  kind: 'prescription',
  language: 'fr',
  doctor: {
    firstName: 'Karim',
    lastName: 'Trabelsi',
    specializations: ['cardiology'],
    licenceNumber: '12345',
    address: '12 avenue Habib Bourguiba',
    city: 'Tunis',
    timeZone: 'Africa/Tunis',
  },
  patient: { firstName: 'Amira', lastName: 'Ben Salah', birthDate: '1990-04-12', preferredLanguage: 'fr' },
  label: 'Traitement de l’angine',
  items: [
    { label: 'Amoxicilline 1 g', dose: '1 comprimé', frequency: '2 fois par jour', days: 6 },
    { label: 'Paracétamol 500 mg', dose: '1 à 2 comprimés', frequency: 'si douleur', days: 1 },
  ],
  text: '',
  writtenAt: new Date('2026-11-23T10:00:00Z'),
  issuedAt: new Date('2026-11-23T11:00:00Z'),
  code: 'abcdefghijklmnopqrstuv',
  verifyAt: 'https://medflow.example/verify/abcdefghijklmnopqrstuv',
  signedWith: 'installation',
};

describe('a signed paper', () => {
  it('is signed over all of its bytes but the signature', async () => {
    const signer = await selfSigned('MedFlow test', new Date());
    const printed = await printPaper(content);
    let signed: Buffer = Buffer.alloc(0);
    const pdf = await signPdf(printed, (bytes) => {
      signed = bytes;
      return detachedSignature(bytes, signer);
    });
    const [, start, end, length] = /\/ByteRange \[0 (\d+) (\d+) (\d+)\s*\]/.exec(pdf.toString('latin1'))!.map(Number);
    expect(end! + length!).toBe(pdf.length);
    expect(pdf.toString('latin1', start!, start! + 1) + pdf.toString('latin1', end! - 1, end!)).toBe('<>');
    const covered = Buffer.concat([pdf.subarray(0, start), pdf.subarray(end)]);
    const digest = createHash('sha256').update(covered).digest();
    expect(digest.equals(createHash('sha256').update(signed).digest())).toBe(true);
    // The digest stands in what is signed.
    expect(Buffer.from(pdf.toString('latin1', start! + 1, end! - 1), 'hex').includes(digest)).toBe(true);
  });

  it('has room for one signature only where it was reserved', async () => {
    await expect(signPdf(Buffer.from('%PDF-1.7'), () => Buffer.alloc(1))).rejects.toThrow('no room');
  });
});
