import { generateKeyPair, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';
import type { Signer } from './cms.js';
import { algorithm, bits, derOf, integer, oids, parsed, sequence, tagged } from './der.js';

const YEARS = 10;

/**
 * A certificate that the installation gives itself (RFC 5280 §4.1): P-256, for signing documents only. It proves that a
 * paper is from here and unchanged; who this is, it does not prove.
 */
export async function selfSigned(name: string, now: Date): Promise<Signer> {
  const keys = await promisify(generateKeyPair)('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  const until = new Date(now);
  until.setUTCFullYear(now.getUTCFullYear() + YEARS);
  const { subject, extensions } = described(name);
  const toBeSigned = sequence(
    tagged(0, [integer(2)]),
    // Positive and never twice (RFC 5280 §4.1.2.2).
    integer(Buffer.concat([Buffer.of(1), randomBytes(15)])),
    algorithm(oids.ecdsaWithSha256),
    subject,
    sequence(...[new Date(now.getTime() - 3_600_000), until].map(utcTime)),
    subject,
    parsed(keys.publicKey),
    extensions,
  );
  const signature = sign('sha256', derOf(toBeSigned), { key: keys.privateKey, format: 'der', type: 'pkcs8' });
  const certificate = sequence(toBeSigned, algorithm(oids.ecdsaWithSha256), bits(signature));
  return { key: keys.privateKey, certificate: derOf(certificate), chain: [] };
}

/** The library writes names and extensions; of keys it knows RSA alone. */
function described(name: string) {
  const certificate = forge.pki.createCertificate();
  const valueTagClass = forge.asn1.Type.UTF8 as never;
  certificate.setSubject([
    { name: 'commonName', value: name, valueTagClass },
    { name: 'organizationName', value: 'MedFlow', valueTagClass },
  ]);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, nonRepudiation: true, critical: true },
    // Signing of documents (RFC 9336).
    { name: 'extKeyUsage', '1.3.6.1.5.5.7.3.36': true },
  ]);
  const pki = forge.pki as unknown as Record<string, (given: unknown) => forge.asn1.Asn1>;
  return {
    subject: pki.distinguishedNameToAsn1!(certificate.subject),
    extensions: pki.certificateExtensionsToAsn1!(certificate.extensions),
  };
}

const { asn1 } = forge;
const utcTime = (at: Date) =>
  asn1.create(asn1.Class.UNIVERSAL, asn1.Type.UTCTIME, false, asn1.dateToUtcTime(at) as string);
