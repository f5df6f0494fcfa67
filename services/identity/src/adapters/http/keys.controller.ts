import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { PublicKeysHandler } from '../../application/public-keys.js';
import { JwksView } from './auth.dto.js';

@ApiTags('identity')
@Controller('auth')
export class KeysController {
  constructor(private readonly keys: PublicKeysHandler) {}

  /** Short-lived in caches: a verifier that meets an unknown key asks again. */
  @Get('.well-known/jwks.json')
  @May(access, 'read', 'signing-key')
  @Header('cache-control', 'public, max-age=60')
  @ApiOkResponse({ type: JwksView })
  async list(): Promise<JwksView> {
    return { keys: await this.keys.execute() };
  }
}
