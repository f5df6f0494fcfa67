import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import { NotNow } from '../../domain/errors.js';
import { type Letterhead, type PatientOnPaper, Profiles } from '../../domain/papers.js';

const TIMEOUT_MS = 5_000;

/** Asks profiles when a paper is made: licence numbers, addresses and birth dates are not on the bus. */
@Injectable()
export class HttpProfiles extends Profiles {
  constructor(@Inject(SERVICE_CONFIG) private readonly config: Pick<ServiceConfig, 'upstreams' | 'internalToken'>) {
    super();
  }

  doctor(id: string): Promise<Letterhead | undefined> {
    return this.ask<Letterhead>(`doctors/${encodeURIComponent(id)}`);
  }

  patient(id: string): Promise<PatientOnPaper | undefined> {
    return this.ask<PatientOnPaper>(`patients/${encodeURIComponent(id)}`);
  }

  private async ask<T>(path: string): Promise<T | undefined> {
    let response: Response;
    try {
      response = await fetch(`${this.config.upstreams.profiles}/internal/papers/${path}`, {
        headers: { 'x-medflow-internal': this.config.internalToken },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (cause) {
      throw new NotNow('profiles cannot be reached', { cause });
    }
    if (response.status === 404) return undefined;
    if (!response.ok) throw new NotNow(`profiles answered ${response.status}`);
    return (await response.json()) as T;
  }
}
