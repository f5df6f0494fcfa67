import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import { type AccountSubject, EmailNotVerified } from '@medflow/access';
import type { FastifyRequest } from 'fastify';
import { SettingError } from '../setting-error.js';
import { SERVICE_CONFIG, type ServiceConfig } from '../service-definition.js';
import type { CurrentAccount } from './account.js';

/**
 * Whether people must prove their address before they commit to anything: `MEDFLOW_VERIFY_EMAIL`, `on` unless everything
 * runs in one process, where letters stay on the machine.
 * @throws SettingError when it is neither `on` nor `off`
 */
export function requiresVerifiedEmail({ MEDFLOW_VERIFY_EMAIL, MEDFLOW_EMBEDDED }: ServiceConfig['env']): boolean {
  const setting = MEDFLOW_VERIFY_EMAIL || (MEDFLOW_EMBEDDED === '1' ? 'off' : 'on');
  if (setting !== 'on' && setting !== 'off')
    throw new SettingError(`MEDFLOW_VERIFY_EMAIL is neither on nor off: ${setting}.`);
  return setting === 'on';
}

/** Whether the caller may commit to something that concerns others: a booking, a payment. */
export const mayCommit = ({ emailVerified }: CurrentAccount, { env }: Pick<ServiceConfig, 'env'>): boolean =>
  emailVerified || !requiresVerifiedEmail(env);

/** The account as policies speak of it. */
export const subjectOf = (account: CurrentAccount, config: Pick<ServiceConfig, 'env'>): AccountSubject => ({
  role: account.role,
  id: account.id,
  addressProven: mayCommit(account, config),
});

@Injectable()
class VerifiedEmailGuard implements CanActivate {
  constructor(@Inject(SERVICE_CONFIG) private readonly config: ServiceConfig) {}

  /** After the guard that knows who is calling. */
  canActivate(context: ExecutionContext): boolean {
    const { account } = context.switchToHttp().getRequest<FastifyRequest>();
    if (account && !mayCommit(account, this.config)) throw new EmailNotVerified('the address is not proven');
    return true;
  }
}

/** Only for callers who may commit, see {@link mayCommit}. */
export const VerifiedEmail = () => applyDecorators(UseGuards(VerifiedEmailGuard));
