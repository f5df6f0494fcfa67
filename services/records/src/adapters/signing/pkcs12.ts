import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { UnreadableCertificate } from '../../domain/errors.js';
import type { Signer } from './cms.js';

/** The program beside this one, in the same language. */
const program = new URL(`./read-pkcs12${extname(import.meta.url)}`, import.meta.url);
const WITHIN_MS = 10_000;

type Read = { signer: Record<'key' | 'certificate', Uint8Array> & { chain: Uint8Array[] } } | { fault: string };

/** What a PKCS#12 file holds (RFC 7292). @throws UnreadableCertificate */
export async function signerIn(file: Uint8Array, passphrase: string): Promise<Signer> {
  const worker = new Worker(program, {
    workerData: { file, passphrase },
    resourceLimits: { maxOldGenerationSizeMb: 64 },
    execArgv: [],
  });
  try {
    const read = await new Promise<Read>((resolve, reject) => {
      const fail = (error: Error) => reject(new UnreadableCertificate(error.message));
      setTimeout(() => fail(new Error('it takes too long')), WITHIN_MS).unref();
      worker
        .once('message', resolve)
        .once('error', fail)
        .once('exit', () => fail(new Error('it ended')));
    });
    if ('fault' in read) throw new UnreadableCertificate(read.fault);
    const { key, certificate, chain } = read.signer;
    return {
      key: Buffer.from(key),
      certificate: Buffer.from(certificate),
      chain: chain.map((one) => Buffer.from(one)),
    };
  } finally {
    await worker.terminate();
  }
}
