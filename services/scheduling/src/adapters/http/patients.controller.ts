import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AccountSubject } from '@medflow/access';
import { decodeCursor, idKey, instantKey, May, pageOf, Requester } from '@medflow/service-kit';
import { access } from '../../access.js';
import { ReadPatientsHandler } from '../../application/read-patients.js';
import { type DoctorPatient, nextVisitOf } from '../../domain/doctor-patients.js';
import { DoctorPatientList, DoctorPatientView, PatientsQuery } from './patients.dto.js';
import { personView } from './views.js';

const patientView = (sums: DoctorPatient, now = new Date()): DoctorPatientView => ({
  ...personView(sums.patient),
  visits: sums.visits,
  lastVisitAt: sums.lastVisitAt?.toISOString() ?? null,
  nextVisitAt: nextVisitOf(sums, now)?.toISOString() ?? null,
  noShows: sums.noShows,
  due: sums.due.map(({ amount, currency }) => ({ amount, currency })),
});

@ApiTags('scheduling')
@Controller('doctors/me/patients')
export class PatientsController {
  constructor(private readonly patients: ReadPatientsHandler) {}

  @Get()
  @May(access, 'list', 'patient')
  @ApiOkResponse({ type: DoctorPatientList })
  async list(@Requester() by: AccountSubject, @Query() query: PatientsQuery): Promise<DoctorPatientList> {
    const { limit = 20, q = '' } = query;
    const keys = decodeCursor(query.cursor, 2);
    const after = keys && { latestAt: instantKey(keys[0]), patientId: idKey(keys[1]) };
    const found = await this.patients.list(by, q, { limit, ...(after && { after }) });
    const { items, nextCursor } = pageOf(found, limit, (last) => [last.latestAt.getTime(), last.patient.id]);
    return { items: items.map((sums) => patientView(sums)), nextCursor };
  }

  @Get(':id')
  @May(access, 'read', 'patient')
  @ApiOkResponse({ type: DoctorPatientView })
  async one(@Requester() by: AccountSubject, @Param('id') id: string): Promise<DoctorPatientView> {
    return patientView(await this.patients.one(by, id));
  }
}
