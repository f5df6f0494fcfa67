import { parseArgs } from 'node:util';
import { defaultPorts } from '@medflow/service-kit';

const usage = `records verify [<patient id>]      follows the access log's chain of everybody, or of one, and names the first link that does not hold
records rotate-keys              wraps every data key with the first of KEY_ENCRYPTION_KEY; while MedFlow runs, as often as you like
records erase <patient id> --yes destroys the key of a record: nobody can read it any more, nothing brings it back

Asks records at RECORDS_URL with MEDFLOW_INTERNAL_TOKEN. Exit code 2 when a chain does not hold.`;

interface Verification {
  patients: number;
  lines: number;
  broken: { patientId: string; line: number; why: string }[];
}

const { RECORDS_URL = `http://127.0.0.1:${defaultPorts.records}`, MEDFLOW_INTERNAL_TOKEN = '' } = process.env;

async function ask<T>(path: string, body: object = {}): Promise<T> {
  const response = await fetch(`${RECORDS_URL}/internal/records/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-medflow-internal': MEDFLOW_INTERNAL_TOKEN,
      'accept-language': 'en',
    },
    body: JSON.stringify(body),
  }).catch((error: Error) => {
    throw new Error(`records does not answer at ${RECORDS_URL} (${error.message}): is it running?`);
  });
  const answer = (await response.json()) as T & { detail?: string };
  if (!response.ok) throw new Error(`records answered ${response.status}: ${answer.detail}`);
  return answer;
}

async function verify(patientId: string | undefined): Promise<void> {
  const { patients, lines, broken } = await ask<Verification>('access-log/verify', patientId ? { patientId } : {});
  for (const link of broken) console.log(`broken  patient ${link.patientId}  line ${link.line}  ${link.why}`);
  console.log(`${patients} access logs, ${lines} lines: ${broken.length} broken`);
  if (broken.length > 0) process.exitCode = 2;
}

async function erase(patientId: string): Promise<void> {
  const receipt = await ask<{ patientId: string; destroyedAt: string }>(
    `patients/${encodeURIComponent(patientId)}/erase`,
  );
  console.log(`Record of ${receipt.patientId}: its key was destroyed at ${receipt.destroyedAt}.
Destroyed: all that the record said, in every copy of the database from now on.
Kept: that entries existed, when and by whom they were written, and who opened the record, without anything medical.
Back-ups from before still hold the wrapped key: they are to be let go after the time that you keep them for.`);
}

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { yes: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const [command, patientId] = positionals;
  if (command === 'verify') return verify(patientId);
  if (command === 'rotate-keys') {
    const { rewrapped } = await ask<{ rewrapped: number }>('keys/rewrap');
    return console.log(`${rewrapped} data keys are wrapped with the current key now.`);
  }
  if (command === 'erase' && patientId && values.yes) return erase(patientId);
  if (command === 'erase' && patientId) throw new Error('Nothing brings an erased record back: say --yes.');
  if (values.help) return console.log(usage);
  throw new Error(usage);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
