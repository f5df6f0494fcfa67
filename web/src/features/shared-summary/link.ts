import { compactDecrypt } from 'jose';

/** What a SMART Health Link 1.0 says. */
export interface LinkPayload {
  readonly url: string;
  readonly key: string;
  /** Seconds since 1970. */
  readonly exp?: number;
  readonly flag?: string;
  readonly label?: string;
}

/** The link cannot be opened; what is to be read of it depends on why. */
export class LinkRefused extends Error {
  constructor(
    readonly reason: 'over' | 'passcode' | 'unreachable' | 'broken',
    readonly remainingAttempts = 0,
  ) {
    super(reason);
  }
}

/** A summary may grow to this when it is unpacked. */
const MAX_BYTES = 50 * 1024 * 1024;

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));

/** @param fragment `#shlink:/…` @returns undefined for what is no link */
export function payloadOf(fragment: string): LinkPayload | undefined {
  const encoded = /^#shlink:\/([\w-]+)$/.exec(fragment)?.[1];
  try {
    const payload = JSON.parse(new TextDecoder().decode(bytesOf(encoded ?? ''))) as Partial<LinkPayload>;
    const isLink = typeof payload.url === 'string' && typeof payload.key === 'string' && payload.key.length === 43;
    return isLink ? (payload as LinkPayload) : undefined;
  } catch {
    return undefined;
  }
}

export const needsPasscode = ({ flag = '' }: LinkPayload): boolean => flag.includes('P');

async function asked(url: string, request?: RequestInit): Promise<Response> {
  const response = await fetch(url, request).catch(() => {
    throw new LinkRefused('unreachable');
  });
  if (response.status === 404) throw new LinkRefused('over');
  if (response.status === 401) {
    const { remainingAttempts = 0 } = (await response.json()) as { remainingAttempts?: number };
    throw new LinkRefused(remainingAttempts > 0 ? 'passcode' : 'over', remainingAttempts);
  }
  if (!response.ok) throw new LinkRefused('unreachable');
  return response;
}

/** Fetches what is shared and decrypts it here: the key never leaves the browser. @throws LinkRefused */
export async function openLink({ url, key }: LinkPayload, recipient: string, passcode?: string): Promise<unknown> {
  const body = JSON.stringify({ recipient, ...(passcode && { passcode }) });
  const headers = { 'content-type': 'application/json' };
  const manifest = await asked(url, { method: 'POST', headers, body });
  const { files } = (await manifest.json()) as {
    files: { contentType: string; embedded?: string; location?: string }[];
  };
  const file = files.find(({ contentType }) => contentType === 'application/fhir+json');
  if (!file) throw new LinkRefused('broken');
  const jwe = file.embedded ?? (await (await asked(file.location ?? '')).text());
  try {
    const { plaintext } = await compactDecrypt(jwe, bytesOf(key), { maxDecompressedLength: MAX_BYTES } as never);
    return JSON.parse(new TextDecoder().decode(plaintext));
  } catch {
    throw new LinkRefused('broken');
  }
}
