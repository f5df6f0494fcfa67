import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { NotFound } from '../../domain/errors.js';
import { Doctors, Patients } from '../../domain/profiles.js';

/** For other processes of this installation; the gateway routes nothing here. */
@ApiExcludeController()
@Controller('internal/papers')
export class InternalController {
  constructor(
    private readonly doctors: Doctors,
    private readonly patients: Patients,
  ) {}

  @Get('doctors/:id')
  @May(access, 'read', 'papers')
  async doctor(@Param('id') id: string) {
    const profile = await this.doctors.find(id);
    if (!profile) throw new NotFound(`doctor ${id}`);
    const { firstName, lastName, specializations, licenceNumber, address, city, timeZone } = profile.state;
    return { firstName, lastName, specializations, licenceNumber, address, city, timeZone };
  }

  @Get('patients/:id')
  @May(access, 'read', 'papers')
  async patient(@Param('id') id: string) {
    const profile = await this.patients.find(id);
    if (!profile) throw new NotFound(`patient ${id}`);
    const { firstName, lastName, birthDate, preferredLanguage } = profile.state;
    return { firstName, lastName, birthDate, preferredLanguage };
  }
}
