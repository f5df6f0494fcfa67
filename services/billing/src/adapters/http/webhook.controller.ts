import { Controller, Headers, HttpCode, Inject, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { May } from '@medflow/service-kit';
import type { FastifyRequest } from 'fastify';
import { access } from '../../access.js';
import { ReceiveWebhookHandler } from '../../application/receive-webhook.js';
import { webhooks } from '../metrics.js';
import { ForgedWebhook, WebhookReader } from '../webhook-reader.js';
import { WebhookAnswer } from './payments.dto.js';

@ApiTags('billing')
@Controller('payments/webhook')
export class WebhookController {
  constructor(
    @Inject(WebhookReader) private readonly reader: WebhookReader,
    private readonly received: ReceiveWebhookHandler,
  ) {}

  @Post()
  @May(access, 'bring', 'provider-event')
  @HttpCode(200)
  @ApiHeader({ name: 'Stripe-Signature', required: true })
  @ApiBody({ schema: { type: 'object' }, description: 'An event of Stripe, as it signed it' })
  @ApiOkResponse({ type: WebhookAnswer })
  async receive(
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Headers('stripe-signature') signature: string | undefined,
  ): Promise<WebhookAnswer> {
    try {
      const event = this.reader.read(request.rawBody ?? Buffer.alloc(0), signature);
      webhooks.inc({ outcome: await this.received.execute(event) });
      return { received: true };
    } catch (error) {
      if (error instanceof ForgedWebhook) webhooks.inc({ outcome: 'forged' });
      throw error;
    }
  }
}
