import { Body, Controller, Get, Header, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { AccountSubject } from '@medflow/access';
import {
  Account,
  type CurrentAccount,
  Idempotent,
  OwnedIds,
  pageOf,
  decodeCursor,
  idKey,
  retryUntilKnown,
  May,
  Requester,
} from '@medflow/service-kit';
import type { FastifyReply } from 'fastify';
import { access } from '../../access.js';
import { PayHandler } from '../../application/pay.js';
import { PrintReceiptHandler } from '../../application/print-receipt.js';
import { ReadPaymentsHandler } from '../../application/read-payments.js';
import { NotHeardOf, NotPayable } from '../../domain/errors.js';
import { PaymentProvider } from '../../domain/provider.js';
import { PayBody, PaymentList, PaymentsQuery, PaymentDetails } from './payments.dto.js';
import { paymentDetails, periodOf } from './views.js';

/** Longer than elsewhere: under a rush, what is paid for is heard of later. */
const WAIT_MS = 2_500;
/** What another replica has heard of is looked for so often at most; what this one hears is taken up at once. */
const LOOK_EVERY_MS = 100;

@ApiTags('billing')
@Controller('payments')
export class PaymentsController {
  constructor(
    private readonly payments: PayHandler,
    private readonly reads: ReadPaymentsHandler,
    private readonly receipts: PrintReceiptHandler,
    private readonly provider: PaymentProvider,
    private readonly ids: OwnedIds,
  ) {}

  @Post()
  @May(access, 'pay', 'payment')
  @Idempotent({ transaction: false })
  @ApiCreatedResponse({ type: PaymentDetails })
  async pay(@Requester() by: AccountSubject, @Body() body: PayBody): Promise<PaymentDetails> {
    const { appointmentId, paymentMethodId, savePaymentMethod: saveMethod = false } = body;
    const command = { by, appointmentId, saveMethod, ...(paymentMethodId && { methodId: paymentMethodId }) };
    // The appointment, or the doctor's yes to it, may be a moment away.
    const { clientSecret, ...read } = await retryUntilKnown(() => this.payments.execute(command), {
      accountId: by.id,
      isOwn: this.ids.isOwn(appointmentId, by.id),
      waitMs: WAIT_MS,
      pause: (ms) => this.payments.news(appointmentId, Math.max(ms, LOOK_EVERY_MS)),
      mayCome: (error) =>
        error instanceof NotHeardOf || (error instanceof NotPayable && error.reason === 'not-accepted'),
    });
    return paymentDetails(read, this.provider, clientSecret);
  }

  @Get()
  @May(access, 'list', 'payment')
  @ApiOkResponse({ type: PaymentList })
  async list(@Account() { id }: CurrentAccount, @Query() query: PaymentsQuery): Promise<PaymentList> {
    const { limit = 20, status, cursor } = query;
    const keys = decodeCursor(cursor, 1);
    const filter = { ...periodOf(query), ...(status && { statuses: status }) };
    const reads = await this.reads.list(id, filter, { limit, ...(keys && { after: idKey(keys[0]) }) });
    const page = pageOf(reads, limit, ({ charge }) => [charge.id]);
    return {
      items: page.items.map((read) => paymentDetails(read, this.provider, null)),
      nextCursor: page.nextCursor,
    };
  }

  @Get(':id')
  @May(access, 'read', 'payment')
  @ApiOkResponse({ type: PaymentDetails })
  async one(@Requester() by: AccountSubject, @Param('id') id: string): Promise<PaymentDetails> {
    return paymentDetails(await this.reads.one(by, id), this.provider, null);
  }

  @Get(':id/receipt')
  @May(access, 'read-receipt', 'payment')
  @Header('content-type', 'application/pdf')
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async receipt(
    @Requester() by: AccountSubject,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { number, pdf } = await this.receipts.forPatient(by, id);
    void reply.header('content-disposition', `inline; filename="medflow-${number}.pdf"`);
    return new StreamableFile(pdf, { type: 'application/pdf', length: pdf.length });
  }
}
