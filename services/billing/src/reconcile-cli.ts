import { parseArgs } from 'node:util';
import { defaultPorts } from '@medflow/service-kit';

const usage = `reconcile [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--json]

Compares the ledger with the payment provider's books, days in UTC, the last one included; yesterday and today by default.
Lists the refunds and other steps that the provider refuses as well, each with when it is tried again.
Asks billing at BILLING_URL with MEDFLOW_INTERNAL_TOKEN. Exit code 2 when they differ.`;

interface Outcome {
  from: string;
  to: string;
  compared: number;
  differences: { kind: string; source: string; currency: string; ledger: number; provider: number }[];
  refused: { paymentId: string; step: string; reason: string; times: number; since: string; until: string }[];
}

const DAY_MS = 86_400_000;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      from: { type: 'string', default: dayOf(Date.now() - DAY_MS) },
      to: { type: 'string', default: dayOf(Date.now()) },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  const { from, to, json } = values;
  if (values.help || ![from, to].every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day))) throw new Error(usage);
  const { BILLING_URL = `http://127.0.0.1:${defaultPorts.billing}`, MEDFLOW_INTERNAL_TOKEN = '' } = process.env;
  const response = await fetch(`${BILLING_URL}/internal/reconciliations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-medflow-internal': MEDFLOW_INTERNAL_TOKEN },
    body: JSON.stringify({ from, to }),
  }).catch((error: Error) => {
    throw new Error(`billing does not answer at ${BILLING_URL} (${error.message}): is it running?`);
  });
  if (!response.ok) throw new Error(`billing answered ${response.status}: ${await response.text()}`);
  const outcome = (await response.json()) as Outcome;
  if (json) console.log(JSON.stringify(outcome, null, 2));
  else print(outcome);
  if (outcome.differences.length > 0) process.exitCode = 2;
}

function print({ from, to, compared, differences, refused }: Outcome): void {
  for (const { kind, source, currency, ledger, provider } of differences) {
    console.log(
      `${kind}  ${source}  ledger ${ledger}  provider ${provider}  differ by ${ledger - provider} ${currency}`,
    );
  }
  for (const { paymentId, step, reason, times, since, until } of refused) {
    console.log(`refused  ${paymentId}  ${step}  ${reason}  ${times} times since ${since}  again at ${until}`);
  }
  console.log(`${from} to ${to}: ${compared} movements compared, ${differences.length} differences`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
