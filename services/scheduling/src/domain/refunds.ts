import type { AppointmentState, PaymentState } from './appointment-state.js';
import { refundPercent } from './cancellation-policy.js';
import { shareOf } from './price.js';

/** Something was given for it: set aside or taken. */
export const isPaid = ({ status }: Pick<PaymentState, 'status'>): boolean =>
  status === 'authorised' || status === 'paid';

/** What is only set aside, or waits for the doctor's answer, goes back whole whenever its patient calls it off. */
export const goesBackWhole = ({ payment, status }: Pick<AppointmentState, 'payment' | 'status'>): boolean =>
  payment.status === 'authorised' || status !== 'accepted';

/** What goes back when it is called off at `now`: by the policy, or whole where the doctor fails it. */
export function refundOf(state: AppointmentState, whole: boolean, now: Date): NonNullable<AppointmentState['refund']> {
  const { payment, price, policy, startsAt } = state;
  const percent = whole || goesBackWhole(state) ? 100 : refundPercent(policy, startsAt, now);
  return { percent, amount: shareOf(price, percent), given: isPaid(payment) };
}
