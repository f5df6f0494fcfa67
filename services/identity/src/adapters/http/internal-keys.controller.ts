import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { RotateSigningKeyHandler } from '../../application/rotate-signing-key.js';

/** For operators: `npm run rotate-signing-key`. */
@ApiExcludeController()
@Controller('internal/signing-keys')
export class InternalKeysController {
  constructor(private readonly rotation: RotateSigningKeyHandler) {}

  @Post('rotations')
  @May(access, 'rotate', 'signing-key')
  @HttpCode(200)
  async rotate(): Promise<{ kid: string }> {
    return { kid: await this.rotation.execute() };
  }
}
