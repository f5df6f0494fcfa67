import { currentToken, fetchAgain } from './api';
import { ProblemError, problemOf } from './problems';

/** A file that needs the access token, opened by the browser's own download. @throws ProblemError */
export async function download(path: string, name: string): Promise<void> {
  const headers = { authorization: `Bearer ${currentToken() ?? ''}`, 'accept-language': document.documentElement.lang };
  const request = new Request(`/api/v1${path}`, { headers });
  const response = await fetchAgain(request).catch((error: unknown) => {
    if (error instanceof ProblemError) throw error;
    return undefined;
  });
  if (!response?.ok) throw problemOf(response, await response?.json().catch(() => undefined));
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
