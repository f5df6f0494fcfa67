import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Account, ApiIfMatch, type CurrentAccount, IfMatch, Versioned, May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { OwnPatientProfileHandler } from '../../application/own-patient-profile.js';
import { PatientProfileBody, PatientProfileView } from './patients.dto.js';
import { patientView } from './views.js';

@ApiTags('profiles')
@Controller('patients')
export class PatientsController {
  constructor(private readonly profiles: OwnPatientProfileHandler) {}

  @Get('me')
  @May(access, 'read', 'patient-profile')
  @Versioned()
  @ApiOkResponse({ type: PatientProfileView })
  async read(@Account() account: CurrentAccount): Promise<PatientProfileView> {
    return patientView(await this.profiles.read(account));
  }

  @Put('me')
  @May(access, 'change', 'patient-profile')
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: PatientProfileView })
  async replace(
    @Account() account: CurrentAccount,
    @Body() body: PatientProfileBody,
    @IfMatch() expected: number | undefined,
  ): Promise<PatientProfileView> {
    return patientView(await this.profiles.replace(account, body, expected));
  }
}
