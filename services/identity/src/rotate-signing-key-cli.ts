import { parseArgs } from 'node:util';
import { defaultPorts } from '@medflow/service-kit';

const usage = `rotate-signing-key

Access tokens are signed with a new key from now on, by every replica within a minute; nobody is signed out. Asks identity at
IDENTITY_URL with MEDFLOW_INTERNAL_TOKEN. Refused for eleven minutes after the last time.`;

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { help: { type: 'boolean' } } });
  if (values.help) return console.log(usage);
  const { IDENTITY_URL = `http://127.0.0.1:${defaultPorts.identity}`, MEDFLOW_INTERNAL_TOKEN = '' } = process.env;
  const response = await fetch(`${IDENTITY_URL}/internal/signing-keys/rotations`, {
    method: 'POST',
    headers: { 'x-medflow-internal': MEDFLOW_INTERNAL_TOKEN, 'accept-language': 'en' },
  }).catch((error: Error) => {
    throw new Error(`identity does not answer at ${IDENTITY_URL} (${error.message}): is it running?`);
  });
  const answer = (await response.json()) as { kid: string; detail: string };
  if (!response.ok) throw new Error(`identity answered ${response.status}: ${answer.detail}`);
  console.log(`Access tokens are signed with key ${answer.kid} from now on.`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
