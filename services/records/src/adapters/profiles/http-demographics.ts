import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import { type Demographics, PatientDemographics } from '../../domain/exchange.js';
import { askProfiles } from './ask-profiles.js';

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
    const path = `patients/${encodeURIComponent(patientId)}/demographics`;
    const answer = await askProfiles<Answer>(this.config, path);
    if (!answer) return {};
    const { birthDate, gender, bloodGroup, phone } = answer;
    return {
      ...(birthDate && { birthDate }),
      ...(gender && { gender }),
      ...(bloodGroup && { bloodGroup }),
      ...(phone && { phone }),
    };
  }
}
