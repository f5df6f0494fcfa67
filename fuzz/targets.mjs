// Forged request targets, over bare sockets, as a stranger whom a proxy brings.
import { createServer } from 'node:net';
import fc from 'fast-check';
import { hostileTarget, rawExchange, targetCorpus } from '../libs/testing/dist/index.js';

/** Of pages that are not public. */
const SECRET = /process_cpu_user_seconds_total|"checks":|"sentAt":/;
const methods = ['GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];

/** @returns {Promise<{ cases: number, faults: string[] }>} */
export async function fuzzTargets(url, { tokens, seconds, seed }) {
  const port = Number(new URL(url).port);
  let connections = 0;
  const decoy = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise((resolve) => decoy.listen(0, '127.0.0.1', resolve));
  const aims = { port, decoyPort: decoy.address().port };
  const faults = [];
  let cases = 0;

  const attempt = async (target, method) => {
    const authorization = tokens[cases % tokens.length];
    const head = [
      `${method} ${target} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'X-Forwarded-For: 198.51.100.1',
      'Connection: close',
      ...(authorization ? [`Authorization: Bearer ${authorization}`] : []),
    ];
    cases += 1;
    const answer = await rawExchange(port, `${head.join('\r\n')}\r\n\r\n`).catch(({ message }) => ({ message }));
    const told = `${method} ${JSON.stringify(target)}`;
    if (answer?.message) faults.push(`${told}: ${answer.message}`);
    else if (answer?.status >= 500) faults.push(`${told}: ${answer.status} ${answer.body.slice(0, 200)}`);
    else if (answer && SECRET.test(answer.body)) faults.push(`${told}: shows what is not public`);
    if (connections > 0) {
      faults.push(`${told}: another server was asked`);
      connections = 0;
    }
  };

  const queue = targetCorpus(aims).flatMap((target) => ['GET', 'POST'].map((method) => [target, method]));
  const random = fc.sample(hostileTarget(aims), { numRuns: 50_000, seed });
  random.forEach((target, at) => queue.push([target, methods[at % methods.length]]));
  const until = Date.now() + seconds * 1000;
  const lane = async () => {
    for (let next = queue.shift(); next && Date.now() < until && faults.length < 20; next = queue.shift())
      await attempt(...next);
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  await new Promise((resolve) => decoy.close(resolve));
  return { cases, faults };
}
