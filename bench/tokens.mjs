// npm run bench:tokens: what it costs to verify an access token, beside the verifier of before (jose's jwtVerify, the guard
// asking it without Passport) in the same run, in turn; the figures go to docs/measurements.md.
import 'reflect-metadata';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { AccessTokens, AuthGuard, For } from '../libs/service-kit/dist/index.js';
import { Report } from './report.mjs';
import { root } from './system.mjs';

const kit = createRequire(join(root, 'libs/service-kit/package.json'));
const { createRemoteJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } = await import(kit.resolve('jose'));
const { LRUCache } = await import(kit.resolve('lru-cache'));
const { Reflector } = await import(kit.resolve('@nestjs/core'));

const ROUNDS = 7;
const FRESH = 1_500;
const KNOWN = 60_000;
const AT_ONCE = 16;

const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
const keys = [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES256', use: 'sig' }];
const identity = createServer((_, response) => response.end(JSON.stringify({ keys })));
await new Promise((resolve) => identity.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${identity.address().port}`;

const tokenOf = (n) =>
  new SignJWT({
    purpose: 'access',
    role: 'patient',
    given_name: 'Amina',
    family_name: 'Ben Salah',
    sid: `session-${n}`,
  })
    .setProtectedHeader({ alg: 'ES256', kid: 'bench', typ: 'at+jwt' })
    .setSubject(`account-${n}`)
    .setIssuer('medflow')
    .setAudience('medflow')
    .setExpirationTime('1h')
    .sign(privateKey);

/** As it was: see the history of libs/service-kit/src/auth/access-tokens.ts. */
class Before {
  verified = new LRUCache({ max: 5000 });
  keys = createRemoteJWKSet(new URL(url));

  async verify(token) {
    const known = this.verified.get(token);
    if (known) return known.expiresAt > Date.now() ? known.account : null;
    const { payload } = await jwtVerify(token, this.keys, {
      issuer: 'medflow',
      audience: 'medflow',
      algorithms: ['ES256'],
      requiredClaims: ['sub', 'role', 'exp'],
    });
    const account = { id: payload.sub, role: payload.role, sessionId: payload.sid };
    this.verified.set(token, { account, expiresAt: payload.exp * 1000 });
    return account;
  }
}

class Handlers {
  read() {}
}
For('patient')(Handlers.prototype, 'read', Object.getOwnPropertyDescriptor(Handlers.prototype, 'read'));
const contextOf = (token) => {
  const request = { headers: { authorization: `Bearer ${token}` } };
  return {
    getType: () => 'http',
    getHandler: () => Handlers.prototype.read,
    getClass: () => Handlers,
    switchToHttp: () => ({ getRequest: () => request, getResponse: () => ({}) }),
  };
};
const reflector = new Reflector();
/** The guard as it was. */
const guardedBefore = (tokens) => async (token) => {
  const context = contextOf(token);
  const access = reflector.getAllAndOverride('medflow:access', [context.getHandler(), context.getClass()]);
  const request = context.switchToHttp().getRequest();
  const [scheme, text] = request.headers.authorization.split(' ');
  const account = scheme.toLowerCase() === 'bearer' ? await tokens.verify(text) : null;
  return account !== null && access.includes(account.role);
};

const config = { upstreams: { identity: url }, internalToken: '', env: {} };
const before = new Before();
const now = new AccessTokens(config);
const guard = new AuthGuard(reflector, now, config);
const ways = {
  verify: [(token) => before.verify(token), (token) => now.verify(token)],
  guard: [guardedBefore(before), (token) => guard.canActivate(contextOf(token))],
};

/** Verifications per second and microseconds of processor for each. */
async function measure(work, tokens, width) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  for (let n = 0; n < tokens.length; n += width) await Promise.all(tokens.slice(n, n + width).map(work));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { rate: tokens.length / seconds, cpu: (user + system) / tokens.length };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** One kind of work in turn, the order changing from round to round. */
async function compare([earlier, later], tokensOf, width) {
  const runs = [[], []];
  for (let round = -1; round < ROUNDS; round += 1) {
    const tokens = await tokensOf(round);
    const order = round % 2 ? [0, 1] : [1, 0];
    for (const which of order) {
      const run = await measure([earlier, later][which], tokens, width);
      if (round >= 0) runs[which].push(run);
    }
  }
  const of = (which, what) => median(runs[which].map((run) => run[what]));
  return { rates: [of(0, 'rate'), of(1, 'rate')], cpu: [of(0, 'cpu'), of(1, 'cpu')] };
}

let made = 0;
const fresh = () => Promise.all(Array.from({ length: FRESH }, () => tokenOf((made += 1))));
const known = async () => {
  const some = await knownTokens;
  return Array.from({ length: KNOWN }, (_, n) => some[n % some.length]);
};
const knownTokens = Promise.all(Array.from({ length: 100 }, (_, n) => tokenOf(-n)));

const report = new Report();
const thousands = (value) => `${(value / 1000).toFixed(1)} k`;
for (const [name, work, tokensOf, width] of [
  ['First time, one at a time', ways.verify, fresh, 1],
  [`First time, ${AT_ONCE} at once`, ways.verify, fresh, AT_ONCE],
  ['Seen before', ways.verify, known, 1],
  ['Seen before, through the guard of a request', ways.guard, known, 1],
  [`First time, through the guard of a request, ${AT_ONCE} at once`, ways.guard, fresh, AT_ONCE],
]) {
  const { rates, cpu } = await compare(work, tokensOf, width);
  report.add(`${name}, before · now`, `${thousands(rates[0])} · ${thousands(rates[1])}/s`);
  const ratio = cpu[1] / cpu[0];
  report.add('… processor for each', `${cpu[0].toFixed(2)} · ${cpu[1].toFixed(2)} µs, ${ratio.toFixed(2)} ×`);
}
identity.close();
identity.closeAllConnections();

report.write({
  command: 'npm run bench:tokens',
  title: 'Verifying access tokens',
  how: `An ES256 token with the claims of ours; « before » is jose’s jwtVerify behind the same cache, asked by the guard itself, « now » Passport and jsonwebtoken; medians of ${ROUNDS} rounds in turn in one process. jose verifies on a thread of its own, so that of many at once the rate gains by an idle core what the processor pays; « now » looks up besides whether the session has ended.`,
});
