import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Account, ApiIfMatch, type CurrentAccount, IfMatch, Versioned, May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { OwnDoctorProfileHandler } from '../../application/own-doctor-profile.js';
import { DoctorProfileBody, DoctorProfileView } from './doctors.dto.js';
import { doctorView } from './views.js';

@ApiTags('profiles')
@Controller('doctors/me')
export class DoctorsController {
  constructor(private readonly profiles: OwnDoctorProfileHandler) {}

  @Get()
  @May(access, 'read', 'doctor-profile')
  @Versioned()
  @ApiOkResponse({ type: DoctorProfileView })
  async read(@Account() account: CurrentAccount): Promise<DoctorProfileView> {
    return doctorView(await this.profiles.read(account));
  }

  @Put()
  @May(access, 'change', 'doctor-profile')
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: DoctorProfileView })
  async replace(
    @Account() account: CurrentAccount,
    @Body() body: DoctorProfileBody,
    @IfMatch() expected: number | undefined,
  ): Promise<DoctorProfileView> {
    return doctorView(await this.profiles.replace(account, body, expected));
  }
}
