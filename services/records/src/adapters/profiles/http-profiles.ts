import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import { type Letterhead, type PatientOnPaper, Profiles } from '../../domain/papers.js';
import { askProfiles } from './ask-profiles.js';

/** Asks profiles when a paper is made: licence numbers, addresses and birth dates are not on the bus. */
@Injectable()
export class HttpProfiles extends Profiles {
  constructor(@Inject(SERVICE_CONFIG) private readonly config: Pick<ServiceConfig, 'upstreams' | 'internalToken'>) {
    super();
  }

  doctor(id: string): Promise<Letterhead | undefined> {
    return askProfiles(this.config, `papers/doctors/${encodeURIComponent(id)}`);
  }

  patient(id: string): Promise<PatientOnPaper | undefined> {
    return askProfiles(this.config, `papers/patients/${encodeURIComponent(id)}`);
  }
}
