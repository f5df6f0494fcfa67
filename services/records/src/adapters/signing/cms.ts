import { createHash, createPrivateKey, sign } from 'node:crypto';
import forge from 'node-forge';
import { algorithm, derOf, integer, nothing, octets, oid, oids, parsed, sequence, set, tagged } from './der.js';

type Asn1 = forge.asn1.Asn1;

/** A certificate with its key, and those that lead from it to its authority. */
export interface Signer {
  /** PKCS#8, DER. */
  readonly key: Buffer;
  /** DER. */
  readonly certificate: Buffer;
  readonly chain: readonly Buffer[];
}

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
const attribute = (id: string, value: Asn1) => sequence(oid(id), set(value));

/** Issuer and serial number, as the certificate itself writes them (RFC 5280 §4.1). */
function namedBy(certificate: Asn1): { issuer: Asn1; serial: Asn1 } {
  const fields = (certificate.value as Asn1[])[0]!.value as Asn1[];
  const at = fields[0]!.tagClass === forge.asn1.Class.CONTEXT_SPECIFIC ? 1 : 0;
  return { serial: fields[at]!, issuer: fields[at + 2]! };
}

/** SET OF is sorted by its encoding (X.690 §11.6). */
const sorted = (values: Asn1[]): Asn1[] =>
  values
    .map((value) => ({ value, der: derOf(value) }))
    .sort((a, b) => Buffer.compare(a.der, b.der))
    .map(({ value }) => value);

/**
 * A detached CMS signature (RFC 5652) with what PAdES-B-B asks for (EN 319 142-1 §6.3): content type, message digest and
 * signing-certificate-v2 (RFC 5035), no signing time. SHA-256, with RSA (PKCS#1 v1.5) or an elliptic curve.
 */
export function detachedSignature(content: Buffer, { key, certificate, chain }: Signer): Buffer {
  const own = parsed(certificate);
  const { issuer, serial } = namedBy(own);
  // The hash is SHA-256, which the default is: it is left out.
  const signingCertificate = sequence(sequence(sequence(octets(sha256(certificate)))));
  const attributes = sorted([
    attribute(oids.contentType, oid(oids.data)),
    attribute(oids.messageDigest, octets(sha256(content))),
    attribute(oids.signingCertificateV2, signingCertificate),
  ]);
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  const signature = sign('sha256', derOf(set(...attributes)), privateKey);
  const isRsa = privateKey.asymmetricKeyType === 'rsa';
  const signerInfo = sequence(
    integer(1),
    sequence(issuer, serial),
    algorithm(oids.sha256, nothing()),
    tagged(0, attributes),
    isRsa ? algorithm(oids.rsa, nothing()) : algorithm(oids.ecdsaWithSha256),
    octets(signature),
  );
  const signedData = sequence(
    integer(1),
    set(algorithm(oids.sha256, nothing())),
    sequence(oid(oids.data)),
    tagged(0, [own, ...chain.map(parsed)]),
    set(signerInfo),
  );
  return derOf(sequence(oid(oids.signedData), tagged(0, [signedData])));
}
