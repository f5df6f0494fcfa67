import { EmailAddress, Text } from '@medflow/service-kit';
import { Transform } from 'class-transformer';
import { normaliseEmail } from '../../domain/account.js';
import { NewPassword } from './password-field.js';

export class LinkBody {
  @Text({ max: 128, description: 'What stands after the # of the link' }) token!: string;
}

export class ForgotBody {
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? normaliseEmail(value) : value))
  @EmailAddress()
  email!: string;
}

export class ResetBody extends LinkBody {
  @NewPassword() password!: string;
}
