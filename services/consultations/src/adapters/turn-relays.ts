import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG, type ServiceConfig, SettingError } from '@medflow/service-kit';
import { type IceServer, Relays } from '../domain/visits.js';

/** A visit that lasts longer asks again, as the page does whenever it connects anew. */
const CREDENTIAL_S = 3_600;
const URL_OF = { stun: /^stuns?:[^\s,]+$/, turn: /^turns?:[^\s,]+$/ } as const;

/**
 * STUN and TURN servers by `MEDFLOW_STUN_URLS` and `MEDFLOW_TURN_URLS`, separated by commas. Credentials are made for one
 * participant and one hour as coturn's `use-auth-secret` takes them (draft-uberti-behave-turn-rest-00): the user is the
 * time of expiry and who it is for, the password the base64 HMAC-SHA-1 of it under `MEDFLOW_TURN_SECRET`.
 */
@Injectable()
export class TurnRelays extends Relays {
  private readonly stun: readonly string[];
  private readonly turn: readonly string[];
  private readonly secret: string | undefined;

  /** @throws SettingError for an address that is none, or a relay without its secret */
  constructor(@Inject(SERVICE_CONFIG) { env }: Pick<ServiceConfig, 'env'>) {
    super();
    this.stun = urlsOf(env, 'MEDFLOW_STUN_URLS', URL_OF.stun);
    this.turn = urlsOf(env, 'MEDFLOW_TURN_URLS', URL_OF.turn);
    this.secret = env.MEDFLOW_TURN_SECRET || undefined;
    if (this.turn.length > 0 && !this.secret)
      throw new SettingError('MEDFLOW_TURN_SECRET is not set: MEDFLOW_TURN_URLS names relays that ask for it.');
  }

  iceServers(participantId: string, now: Date): { servers: readonly IceServer[]; relay: boolean } {
    const servers: IceServer[] = this.stun.length > 0 ? [{ urls: this.stun }] : [];
    if (this.turn.length === 0) return { servers, relay: false };
    const username = `${Math.floor(now.getTime() / 1000) + CREDENTIAL_S}:${participantId}`;
    const credential = createHmac('sha1', this.secret!).update(username).digest('base64');
    return { servers: [...servers, { urls: this.turn, username, credential }], relay: true };
  }
}

function urlsOf(env: ServiceConfig['env'], name: string, pattern: RegExp): string[] {
  const urls = (env[name] ?? '')
    .split(',')
    .map((url) => url.trim())
    .filter(Boolean);
  const wrong = urls.find((url) => !pattern.test(url));
  if (wrong) throw new SettingError(`${name}: ${wrong} is no address of such a server.`);
  return urls;
}
