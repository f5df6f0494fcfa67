import { May } from '@medflow/service-kit';
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { access } from './access.js';
import { type FactName, KnownFacts } from './known-facts.js';

/** For the services that tell this one of something; the gateway routes nothing here. */
@ApiExcludeController()
@Controller('internal/facts')
export class MissingFactsController {
  constructor(@Inject(KnownFacts) private readonly known: KnownFacts) {}

  @Post('missing')
  @May(access, 'compare', 'fact')
  @HttpCode(200)
  async missing(@Body() { queue, facts }: { queue: string; facts: FactName[] }): Promise<{ missing: string[] }> {
    return { missing: await this.known.missing(queue, facts) };
  }
}
