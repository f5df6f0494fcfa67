import { createPrivateKey, type KeyObject } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { ACCESS_TOKEN_PURPOSE, ACCESS_TOKEN_TYPE, TOKEN_AUDIENCE, TOKEN_ISSUER } from '@medflow/service-kit';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { Account } from '../../domain/account.js';
import { ACCESS_TOKEN_SECONDS } from '../../domain/ended-session.js';
import { AccessTokenSigner } from '../../domain/session.js';
import { checkRotation, KEY_KNOWN_FOR_MS, type SigningKey, SigningKeys } from '../../domain/signing-keys.js';
import { KeySeal, SealLost } from './key-seal.js';

interface UsableKey {
  kid: string;
  key: KeyObject;
}

/** ES256. The first key is made when it is first needed. */
@Injectable()
export class JwtSigner extends AccessTokenSigner {
  private readonly logger = new Logger(JwtSigner.name);
  private known: { until: number; key: Promise<UsableKey> } | undefined;

  constructor(
    private readonly jwt: JwtService,
    private readonly keys: SigningKeys,
    private readonly seal: KeySeal,
  ) {
    super();
  }

  async sign(account: Account, sessionId: string, now: Date): Promise<string> {
    const { kid, key } = await this.usable(now);
    const { id, role, firstName, lastName, locale, emailVerified } = account;
    const names = { given_name: firstName, family_name: lastName, email_verified: emailVerified };
    const issuedAt = Math.floor(now.getTime() / 1000);
    const claims = { purpose: ACCESS_TOKEN_PURPOSE, role, ...names, locale, sid: sessionId, iat: issuedAt };
    return this.jwt.signAsync(claims, {
      privateKey: key,
      algorithm: 'ES256',
      header: { alg: 'ES256', kid, typ: ACCESS_TOKEN_TYPE },
      subject: id,
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      expiresIn: ACCESS_TOKEN_SECONDS,
    });
  }

  async publicKeys(now: Date): Promise<object[]> {
    await this.current(now);
    const keys = await this.keys.newest(2);
    return keys.map(({ kid, publicJwk }) => ({ ...publicJwk, kid, alg: 'ES256', use: 'sig' }));
  }

  async rotate(now: Date): Promise<string> {
    const current = await this.current(now);
    checkRotation(current, now);
    await this.keys.add(await this.generate(current.number + 1, now));
    this.known = undefined;
    // Another replica may have rotated at the same time: then its key is the new one.
    return (await this.current(now)).kid;
  }

  private usable(now: Date): Promise<UsableKey> {
    if (!this.known || this.known.until <= now.getTime()) {
      const key = this.load(now);
      this.known = { until: now.getTime() + KEY_KNOWN_FOR_MS, key };
      key.catch(() => (this.known = undefined));
    }
    return this.known.key;
  }

  private async load(now: Date): Promise<UsableKey> {
    const current = await this.current(now);
    const { kid, privateJwk } = current;
    const jwk = this.opened(current);
    if (!jwk) {
      this.logger.warn(`key ${kid} cannot be opened since the installation has another secret: a new one follows it`);
      await this.keys.add(await this.generate(current.number + 1, now));
      return this.load(now);
    }
    if (!this.seal.isAsNow(privateJwk)) await this.keys.reseal(kid, this.seal.seal(jwk, kid));
    return { kid, key: createPrivateKey({ key: JSON.parse(jwk), format: 'jwk' }) };
  }

  private opened({ kid, privateJwk }: SigningKey): string | undefined {
    try {
      return this.seal.open(privateJwk, kid);
    } catch (error) {
      if (error instanceof SealLost) return undefined;
      throw error;
    }
  }

  private async current(now: Date): Promise<SigningKey> {
    const [newest] = await this.keys.newest(1);
    if (newest) return newest;
    await this.keys.add(await this.generate(1, now));
    const [first] = await this.keys.newest(1);
    if (!first) throw new Error('the signing key that was just made is not there');
    return first;
  }

  private async generate(number: number, createdAt: Date): Promise<SigningKey> {
    const pair = await generateKeyPair('ES256', { extractable: true });
    const publicJwk = { ...(await exportJWK(pair.publicKey)) };
    const kid = await calculateJwkThumbprint(publicJwk);
    const privateJwk = this.seal.seal(JSON.stringify(await exportJWK(pair.privateKey)), kid);
    return { number, kid, publicJwk, privateJwk, createdAt };
  }
}
