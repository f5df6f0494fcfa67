import { Choice, EmailAddress, Flag, Instant, Nested, NestedList, PageQuery, Text } from '@medflow/service-kit';
import type { Account, Role } from '../../domain/account.js';

const roles = ['patient', 'doctor', 'admin'] as const;

export class AccountsQuery extends PageQuery {
  @Text({ max: 254, optional: true, description: 'A whole e-mail address, an id, or how a name begins' }) q?: string;
  @Choice(roles, { optional: true }) role?: Role;
}

export class SuspendBody {
  @Text({ max: 500, multiline: true, description: 'For the person, who reads it when signing in' }) reason!: string;
}

class SuspensionView {
  @Instant() at!: string;
  @Text({ max: 64, description: 'The administrator’s account' }) by!: string;
  @Text({ max: 500, multiline: true }) reason!: string;
}

export class AdminAccountView {
  @Text({ max: 64 }) id!: string;
  @EmailAddress() email!: string;
  @Choice(roles) role!: Role;
  @Text({ max: 100 }) firstName!: string;
  @Text({ max: 100 }) lastName!: string;
  @Flag() emailVerified!: boolean;
  @Instant() createdAt!: string;
  @Nested(() => SuspensionView, { nullable: true }) suspension!: SuspensionView | null;
}

export class AdminAccountList {
  @NestedList(() => AdminAccountView, { max: 100 }) items!: AdminAccountView[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}

export const adminAccountView = (account: Account): AdminAccountView => {
  const { id, email, role, firstName, lastName, emailVerified, createdAt, suspension } = account;
  return {
    id,
    email,
    role,
    firstName,
    lastName,
    emailVerified,
    createdAt: createdAt.toISOString(),
    suspension: suspension ? { at: suspension.at.toISOString(), by: suspension.by, reason: suspension.reason } : null,
  };
};
