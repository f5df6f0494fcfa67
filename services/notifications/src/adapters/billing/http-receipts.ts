import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import { type Attachment, Receipts } from '../../domain/ports.js';

const TIMEOUT_MS = 10_000;
const FALLBACK = 'receipt.pdf';

/** Asks billing when the letter is sent: receipts are neither on the bus nor kept here. */
@Injectable()
export class HttpReceipts extends Receipts {
  constructor(@Inject(SERVICE_CONFIG) private readonly config: ServiceConfig) {
    super();
  }

  async of(paymentId: string): Promise<Attachment | undefined> {
    const response = await fetch(
      `${this.config.upstreams.billing}/internal/receipts/${encodeURIComponent(paymentId)}`,
      {
        headers: { 'x-medflow-internal': this.config.internalToken },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
    );
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`billing answered ${response.status}`);
    const filename = /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? FALLBACK;
    return { filename, contentType: 'application/pdf', content: Buffer.from(await response.arrayBuffer()) };
  }
}
