import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Day, May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { PrintReceiptHandler } from '../../application/print-receipt.js';
import { ReadIncomeHandler } from '../../application/read-income.js';
import { ReconcileHandler } from '../../application/reconcile.js';
import { DAY_MS } from '../../domain/values.js';

class DaysQuery {
  @Day() from!: string;
  @Day() to!: string;
}

/** For other processes of this installation; the gateway routes nothing here. */
@ApiExcludeController()
@Controller('internal')
export class InternalController {
  constructor(
    private readonly receipts: PrintReceiptHandler,
    private readonly income: ReadIncomeHandler,
    private readonly reconciliation: ReconcileHandler,
  ) {}

  /** Days in UTC, both ends included. */
  @Post('reconciliations')
  @May(access, 'reconcile', 'books')
  @HttpCode(200)
  reconcile(@Body() { from, to }: DaysQuery) {
    return this.reconciliation.execute(new Date(from), new Date(new Date(to).getTime() + DAY_MS));
  }

  /** For the letter that brings it. */
  @Get('receipts/:paymentId')
  @May(access, 'print', 'books')
  @Header('content-type', 'application/pdf')
  async receipt(@Param('paymentId') paymentId: string): Promise<StreamableFile> {
    const { number, pdf } = await this.receipts.forMail(paymentId);
    return new StreamableFile(pdf, {
      type: 'application/pdf',
      length: pdf.length,
      disposition: `attachment; filename="medflow-${number}.pdf"`,
    });
  }

  /** The doctor's local days, both ends included; the currency is that of most days. */
  @Get('figures/doctors/:doctorId')
  @May(access, 'count', 'books')
  async figures(@Param('doctorId') doctorId: string, @Query() { from, to }: DaysQuery) {
    const days = await this.income.days(doctorId, from, to);
    const counts = new Map<string, number>();
    for (const { currency } of days) counts.set(currency, (counts.get(currency) ?? 0) + 1);
    const currency = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'TND';
    return {
      currency,
      days: days
        .filter((day) => day.currency === currency)
        .map(({ day, income, refunds, fees }) => ({ day, income, refunds, fees })),
    };
  }
}
