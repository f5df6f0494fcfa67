import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { PatientDemographicsHandler } from '../../application/patient-demographics.js';

/** For other services of this installation; the gateway routes nothing here. */
@ApiExcludeController()
@Controller('internal/patients')
export class DemographicsController {
  constructor(private readonly demographics: PatientDemographicsHandler) {}

  /** What stands on a summary of a record beside the name: none of it travels on the bus. */
  @Get(':id/demographics')
  @May(access, 'read-demographics', 'patient-profile')
  of(@Param('id') id: string) {
    return this.demographics.of(id);
  }
}
