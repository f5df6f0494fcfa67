import { currentToken, fetchAgain } from './api';
import { ProblemError, problemOf } from './problems';

/** A file that needs the access token. @throws ProblemError */
export async function fileAt(path: string): Promise<Blob> {
  const headers = { authorization: `Bearer ${currentToken() ?? ''}`, 'accept-language': document.documentElement.lang };
  const request = new Request(`/api/v1${path}`, { headers });
  const response = await fetchAgain(request).catch((error: unknown) => {
    if (error instanceof ProblemError) throw error;
    return undefined;
  });
  if (!response?.ok) throw problemOf(response, await response?.json().catch(() => undefined));
  return response.blob();
}

/** Hands a file to the browser's own download. */
export function keepFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** @throws ProblemError */
export const download = async (path: string, name: string): Promise<void> => keepFile(await fileAt(path), name);
