/*
 * A thread of its own: how long it takes to try a passphrase is written in the file, and a file that asks for an hour is
 * ended with its thread.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import forge from 'node-forge';

const { asn1, pki } = forge;

// PBES2 takes the passphrase as UTF-8 (RFC 8018 §6.2), which the library leaves to its caller; older ciphers do not.
const pbe = (pki as unknown as { pbe: { getCipher(oid: string, parameters: unknown, passphrase: string): unknown } })
  .pbe;
const { getCipher } = pbe;
pbe.getCipher = (oid, parameters, passphrase) =>
  getCipher(oid, parameters, oid === pki.oids.pkcs5PBES2 ? forge.util.encodeUtf8(passphrase) : passphrase);

function read({ file, passphrase }: { file: Uint8Array; passphrase: string }) {
  const parsed = asn1.fromDer(forge.util.createBuffer(Buffer.from(file).toString('latin1')));
  const store = forge.pkcs12.pkcs12FromAsn1(parsed, false, passphrase);
  const bags = store.safeContents.flatMap(({ safeBags }) => safeBags);
  const derOf = (value: forge.asn1.Asn1) => Buffer.from(asn1.toDer(value).getBytes(), 'latin1');
  const keys = bags
    .filter(({ type }) => type === pki.oids.pkcs8ShroudedKeyBag || type === pki.oids.keyBag)
    // Of keys that it does not know (elliptic curves) the library keeps the bytes.
    .map((bag) => derOf(bag.key ? pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(bag.key)) : bag.asn1));
  const certificates = bags
    .filter(({ type }) => type === pki.oids.certBag)
    .map((bag) => derOf(bag.cert ? pki.certificateToAsn1(bag.cert) : bag.asn1));
  const [key] = keys;
  if (!key) throw new Error('it holds no key');
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  const own = certificates.findIndex((der) => new X509Certificate(der).checkPrivateKey(privateKey));
  if (own < 0) throw new Error('none of its certificates is of its key');
  return { key, certificate: certificates[own]!, chain: certificates.filter((_, at) => at !== own) };
}

try {
  parentPort!.postMessage({ signer: read(workerData as never) });
} catch (error) {
  parentPort!.postMessage({ fault: (error as Error).message });
}
