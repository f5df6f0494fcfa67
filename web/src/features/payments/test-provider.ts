import { ProblemError } from '../../lib/problems';
import { CardRefused } from './card-entry';
import { expiryOf, type TypedCard } from './card';

interface Answer {
  id: string;
  status?: string;
  error?: { code?: string; decline_code?: string };
}

/** The test provider as Stripe's own script would talk to Stripe. @throws CardRefused, ProblemError */
async function call(path: string, body: object): Promise<Answer> {
  const response = await fetch(`/test-provider/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  if (!response) throw new ProblemError(0, 'offline', '');
  const answer = (await response.json().catch(() => ({}))) as Answer;
  if (response.status === 402) throw new CardRefused(answer.error?.decline_code ?? answer.error?.code ?? '');
  if (!response.ok) throw new ProblemError(response.status, 'internal-error', '');
  return answer;
}

export async function tokenise({ number, expiry, cvc }: TypedCard, key: string): Promise<string> {
  const { month, year } = expiryOf(expiry) ?? { month: 0, year: 0 };
  const card = { number: number.replace(/\D/g, ''), exp_month: month, exp_year: year, cvc };
  return (await call('payment_methods', { key, type: 'card', card })).id;
}

/** The patient's answer to the bank. @returns whether the payment goes on */
export async function authenticate(clientSecret: string, succeeds: boolean, key: string): Promise<boolean> {
  const intent = clientSecret.split('_secret_')[0];
  const outcome = succeeds ? 'succeed' : 'fail';
  const { status } = await call(`authentications/${intent}`, { key, client_secret: clientSecret, outcome });
  return status === 'succeeded' || status === 'requires_capture';
}
