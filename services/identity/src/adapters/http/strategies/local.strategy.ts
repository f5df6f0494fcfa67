import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ownStrategy } from '@medflow/service-kit';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-local';
import { LoginHandler } from '../../../application/login.js';
import type { Account } from '../../../domain/account.js';
import { addressOf } from '../caller.js';
import { deviceCookie } from '../device-cookie.js';
import { refreshCookie } from '../refresh-cookie.js';

/** E-mail and password, as often as the throttle lets this address, account and browser try. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy) {
  constructor(private readonly logins: LoginHandler) {
    super({ usernameField: 'email', passwordField: 'password', passReqToCallback: true });
    ownStrategy(this, 'local');
  }

  /** @throws TooManyAttempts, InvalidCredentials */
  validate(request: FastifyRequest, email: string, password: string): Promise<Account> {
    return this.logins.execute({
      email,
      password,
      address: addressOf(request),
      refreshToken: refreshCookie.read(request),
      deviceCookie: deviceCookie.read(request),
    });
  }
}
