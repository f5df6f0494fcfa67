import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { InternalOnly } from '@medflow/service-kit';
import { RotateSigningKeyHandler } from '../../application/rotate-signing-key.js';

/** For operators: `npm run rotate-signing-key`. */
@ApiExcludeController()
@Controller('internal/signing-keys')
@InternalOnly()
export class InternalKeysController {
  constructor(private readonly rotation: RotateSigningKeyHandler) {}

  @Post('rotations')
  @HttpCode(200)
  async rotate(): Promise<{ kid: string }> {
    return { kid: await this.rotation.execute() };
  }
}
