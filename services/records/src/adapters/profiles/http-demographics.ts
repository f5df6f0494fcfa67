import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import { type Demographics, PatientDemographics } from '../../domain/exchange.js';

const TIMEOUT_MS = 5_000;

/** Profiles cannot be asked: a summary that says « birth date unknown » for that would be wrong. */
export class DemographicsUnavailable extends Error {
  readonly code = 'service-unavailable';
  readonly kind = 'unavailable';
}

interface Answer {
  birthDate: string | null;
  gender: Demographics['gender'] | null;
  bloodGroup: string | null;
  phone: string | null;
}

@Injectable()
export class HttpDemographics extends PatientDemographics {
  constructor(@Inject(SERVICE_CONFIG) private readonly config: ServiceConfig) {
    super();
  }

  async of(patientId: string): Promise<Demographics> {
    const { status, answer } = await this.ask(patientId);
    if (status === 404) return {};
    if (!answer) throw new DemographicsUnavailable(`profiles answered ${status}`);
    const { birthDate, gender, bloodGroup, phone } = answer;
    return {
      ...(birthDate && { birthDate }),
      ...(gender && { gender }),
      ...(bloodGroup && { bloodGroup }),
      ...(phone && { phone }),
    };
  }

  private async ask(patientId: string): Promise<{ status: number; answer?: Answer }> {
    const url = `${this.config.upstreams.profiles}/internal/patients/${encodeURIComponent(patientId)}/demographics`;
    try {
      const response = await fetch(url, {
        headers: { 'x-medflow-internal': this.config.internalToken },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return { status: response.status, ...(response.ok && { answer: (await response.json()) as Answer }) };
    } catch (cause) {
      throw new DemographicsUnavailable('profiles cannot be asked', { cause });
    }
  }
}
