import { Readable } from 'node:stream';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags, getSchemaPath, ApiExtraModels } from '@nestjs/swagger';
import { Account, type CurrentAccount, decodeCursor, idKey, instantKey, pageOf, May } from '@medflow/service-kit';
import type { FastifyReply } from 'fastify';
import { access } from '../../access.js';
import { ReadIncomeHandler } from '../../application/read-income.js';
import { incomeCsv } from './income-csv.js';
import { IncomeQuery, IncomeView } from './payments.dto.js';
import { incomeLineView, periodOf, totalsView } from './views.js';

@ApiTags('billing')
@ApiExtraModels(IncomeView)
@Controller('doctors/me/income')
export class IncomeController {
  constructor(private readonly income: ReadIncomeHandler) {}

  @Get()
  @May(access, 'read', 'income')
  @ApiOkResponse({
    content: {
      'application/json': { schema: { $ref: getSchemaPath(IncomeView) } },
      'text/csv': { schema: { type: 'string' } },
    },
  })
  async read(
    @Account() { id }: CurrentAccount,
    @Query() query: IncomeQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IncomeView | Readable> {
    const period = periodOf(query);
    if (query.format === 'csv') {
      void reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="medflow-income.csv"');
      return incomeCsv(this.income.all(id, period));
    }
    const { limit = 20 } = query;
    const keys = decodeCursor(query.cursor, 2);
    const after = keys && { at: instantKey(keys[0]), id: idKey(keys[1]) };
    const { lines, totals } = await this.income.page(id, period, { limit, ...(after && { after }) });
    const page = pageOf(lines, limit, (last) => [last.at.getTime(), last.id]);
    return { items: page.items.map(incomeLineView), totals: totalsView(totals), nextCursor: page.nextCursor };
  }
}
