import { Readable } from 'node:stream';
import { Choice, Flag, Instant, May, MayBeAbsent } from '@medflow/service-kit';
import { topology } from '@medflow/contracts';
import { Body, Controller, HttpCode, Inject, Post, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { access } from './access.js';
import { Replay, type ReplayRequest } from './replay.js';

@MayBeAbsent()
class ReplayBody {
  @Instant({ optional: true }) since?: string;
  @Choice(Object.keys(topology), { optional: true }) to?: string;
  @Flag({ optional: true }) missingOnly?: boolean;
}

/** For operators: `npm run replay`. */
@ApiExcludeController()
@Controller('internal/replays')
export class ReplayController {
  constructor(@Inject(Replay) private readonly replay: Replay) {}

  /** A line of JSON for each page; the last one says that it is done, or why it is not. */
  @Post()
  @May(access, 'replay', 'fact')
  @HttpCode(200)
  run(@Body() { since, to, missingOnly }: ReplayBody): StreamableFile {
    const request: ReplayRequest = {
      ...(since !== undefined && { since: new Date(since) }),
      ...(to !== undefined && { to }),
      ...(missingOnly !== undefined && { missingOnly }),
    };
    return new StreamableFile(Readable.from(this.lines(request)), { type: 'application/x-ndjson' });
  }

  private async *lines(request: ReplayRequest): AsyncGenerator<string> {
    try {
      for await (const progress of this.replay.run(request)) yield `${JSON.stringify(progress)}\n`;
      yield '{"done":true}\n';
    } catch (error) {
      yield `${JSON.stringify({ error: (error as Error).message })}\n`;
    }
  }
}
