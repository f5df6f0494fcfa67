import { randomUUID } from 'node:crypto';
import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Account, type CurrentAccount, Idempotent, May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { Methods } from '../../application/methods.js';
import { PaymentProvider } from '../../domain/provider.js';
import { AddedMethodView, MethodBody, MethodList, MethodView } from './payments.dto.js';
import { addedMethodView } from './views.js';

@ApiTags('billing')
@Controller('payment-methods')
export class MethodsController {
  constructor(
    private readonly methods: Methods,
    private readonly provider: PaymentProvider,
  ) {}

  @Get()
  @May(access, 'list', 'payment-method')
  @ApiOkResponse({ type: MethodList })
  async list(@Account() { id }: CurrentAccount): Promise<MethodList> {
    return { items: await this.methods.list(id), nextCursor: null };
  }

  @Post()
  @May(access, 'save', 'payment-method')
  @Idempotent({ transaction: false })
  @ApiBody({ type: MethodBody, required: false })
  @ApiCreatedResponse({ type: AddedMethodView })
  async add(
    @Account() { id }: CurrentAccount,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body?: MethodBody,
  ): Promise<AddedMethodView> {
    const added = await this.methods.add(id, body?.paymentMethodId ?? undefined, key ?? randomUUID());
    return addedMethodView(added, this.provider);
  }

  @Post(':id/default')
  @May(access, 'prefer', 'payment-method')
  @HttpCode(200)
  @ApiOkResponse({ type: MethodView })
  makeDefault(@Account() account: CurrentAccount, @Param('id') id: string): Promise<MethodView> {
    return this.methods.makeDefault(account.id, id);
  }

  @Delete(':id')
  @May(access, 'remove', 'payment-method')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@Account() account: CurrentAccount, @Param('id') id: string): Promise<void> {
    return this.methods.remove(account.id, id);
  }
}
