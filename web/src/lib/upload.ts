import { currentToken, refresh } from './api';
import { problemOf } from './problems';

export interface Upload {
  /** Below `/api/v1`. */
  path: string;
  form: FormData;
  /** Of what is sent so far, 0 to 1. */
  progressed: (share: number) => void;
  signal: AbortSignal;
}

interface Answer {
  status: number;
  body: unknown;
}

/** As `fetch` cannot: it says how far it is. Status 0: no answer came. */
function send({ path, form, progressed, signal }: Upload): Promise<Answer> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1${path}`);
    request.setRequestHeader('authorization', `Bearer ${currentToken() ?? ''}`);
    request.setRequestHeader('accept-language', document.documentElement.lang);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => progressed(total > 0 ? loaded / total : 0);
    request.onloadend = () => resolve({ status: request.status, body: request.response as unknown });
    signal.addEventListener('abort', () => request.abort(), { once: true });
    if (signal.aborted) return resolve({ status: 0, body: undefined });
    request.send(form);
  });
}

/** Sends a form with its files; what was aborted simply ends. @throws ProblemError */
export async function upload<T>(given: Upload): Promise<T | undefined> {
  let answer = await send(given);
  if (answer.status === 401 && (await refresh())) answer = await send(given);
  if (given.signal.aborted) return undefined;
  if (answer.status >= 200 && answer.status < 300) return answer.body as T;
  const response = answer.status === 0 ? undefined : new Response(null, { status: answer.status });
  throw problemOf(response, answer.body);
}
