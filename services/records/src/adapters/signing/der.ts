import forge from 'node-forge';

/* ASN.1 as X.690 encodes it, in the library's terms. */

const { asn1 } = forge;
const { UNIVERSAL, CONTEXT_SPECIFIC } = asn1.Class;
type Asn1 = forge.asn1.Asn1;

export const oids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsa: '1.2.840.113549.1.1.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const;

const textOf = (bytes: Buffer): string => bytes.toString('latin1');

export const sequence = (...value: Asn1[]) => asn1.create(UNIVERSAL, asn1.Type.SEQUENCE, true, value);
export const set = (...value: Asn1[]) => asn1.create(UNIVERSAL, asn1.Type.SET, true, value);
export const octets = (value: Buffer) => asn1.create(UNIVERSAL, asn1.Type.OCTETSTRING, false, textOf(value));
/** Whole bytes. */
export const bits = (value: Buffer) =>
  asn1.create(UNIVERSAL, asn1.Type.BITSTRING, false, textOf(Buffer.concat([Buffer.of(0), value])));
export const oid = (value: string) => asn1.create(UNIVERSAL, asn1.Type.OID, false, asn1.oidToDer(value).getBytes());
/** @param value bytes, where it is larger than any number */
export const integer = (value: number | Buffer) =>
  asn1.create(
    UNIVERSAL,
    asn1.Type.INTEGER,
    false,
    Buffer.isBuffer(value) ? textOf(value) : asn1.integerToDer(value).getBytes(),
  );
export const nothing = () => asn1.create(UNIVERSAL, asn1.Type.NULL, false, '');
export const tagged = (tag: number, value: Asn1[]) => asn1.create(CONTEXT_SPECIFIC, tag as never, true, value);
export const algorithm = (id: string, ...parameters: Asn1[]) => sequence(oid(id), ...parameters);

export const derOf = (value: Asn1): Buffer => Buffer.from(asn1.toDer(value).getBytes(), 'latin1');
export const parsed = (der: Buffer): Asn1 => asn1.fromDer(forge.util.createBuffer(textOf(der)));
