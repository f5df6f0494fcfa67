import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { SERVICE_CONFIG, type ServiceConfig, SettingError } from '@medflow/service-kit';
import { EnsureAdministratorHandler } from '../../application/ensure-administrator.js';
import type { Role } from '../../domain/account.js';
import { GuessablePassword, WeakPassword } from '../../domain/errors.js';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../domain/password-policy.js';

/** The administrator whom the operator names in the environment. */
@Injectable()
export class FirstAdministrator implements OnApplicationBootstrap {
  private readonly logger = new Logger(FirstAdministrator.name);

  constructor(
    private readonly administrators: EnsureAdministratorHandler,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  /** @throws SettingError when the environment names nobody who could sign in */
  async onApplicationBootstrap(): Promise<void> {
    const { MEDFLOW_ADMIN_EMAIL: email = '', MEDFLOW_ADMIN_PASSWORD: password = '' } = this.config.env;
    if (!email && !password) return;
    if (!/^\S+@\S+$/.test(email.trim())) throw new SettingError('MEDFLOW_ADMIN_EMAIL is not an e-mail address.');
    if (password.length < MIN_PASSWORD_LENGTH || password.length > MAX_PASSWORD_LENGTH) {
      throw new SettingError(
        `MEDFLOW_ADMIN_PASSWORD needs ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters.`,
      );
    }
    const role = await this.administratorOf(email, password);
    if (role !== 'admin') this.logger.warn(`MEDFLOW_ADMIN_EMAIL belongs to a ${role}, whose account is left as it is`);
  }

  private async administratorOf(email: string, password: string): Promise<Role> {
    try {
      return await this.administrators.execute(email, password);
    } catch (error) {
      if (error instanceof GuessablePassword || error instanceof WeakPassword)
        throw new SettingError(
          'MEDFLOW_ADMIN_PASSWORD is guessed too easily: three or four unrelated words, or 12 random characters, make a good one.',
        );
      throw error;
    }
  }
}
