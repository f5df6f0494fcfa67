import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { KeepKeysHandler } from '../../application/keep-keys.js';
import { VerifyBody } from './records.dto.js';

/** For the commands of operators; the gateway routes nothing here. */
@ApiExcludeController()
@Controller('internal/records')
export class InternalController {
  constructor(private readonly keys: KeepKeysHandler) {}

  @Post('access-log/verify')
  @HttpCode(200)
  @May(access, 'verify', 'keys')
  verify(@Body() { patientId }: VerifyBody) {
    return this.keys.verify(patientId);
  }

  @Post('keys/rewrap')
  @HttpCode(200)
  @May(access, 'rewrap', 'keys')
  async rewrap() {
    return { rewrapped: await this.keys.rewrap() };
  }

  @Post('patients/:patientId/erase')
  @HttpCode(200)
  @May(access, 'erase', 'keys')
  async erase(@Param('patientId') patientId: string) {
    const { destroyedAt } = await this.keys.erase(patientId);
    return { patientId, destroyedAt: destroyedAt.toISOString() };
  }
}
