import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import { Installation } from '../../domain/exchange.js';
import { summaryUuid } from '../fhir/summary-uuid.js';

const BASE_PATH = '/api/v1';

@Injectable()
export class OwnInstallation extends Installation {
  readonly name: string;
  readonly viewerUrl: string;
  private readonly api: string;

  constructor(@Inject(SERVICE_CONFIG) { env }: ServiceConfig) {
    super();
    const origin = (env.PUBLIC_URL ?? 'http://localhost:3000').replace(/\/+$/, '');
    this.name = env.MEDFLOW_RECEIPT_ISSUER ?? 'MedFlow';
    this.viewerUrl = `${origin}/shl`;
    this.api = origin + BASE_PATH;
  }

  uuid(name: string): string {
    return summaryUuid(name);
  }

  documentUrl(entryId: string): string {
    return `${this.api}/patients/me/record/documents/${encodeURIComponent(entryId)}`;
  }

  manifestUrl(manifestId: string): string {
    return `${this.api}/shl/${manifestId}`;
  }
}
