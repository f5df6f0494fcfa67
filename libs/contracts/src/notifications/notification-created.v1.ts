import { IsISO8601, IsOptional, IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** A line for somebody's bell, in their language. Nothing medical. */
export class NotificationCreatedV1 {
  @IsString() notificationId!: string;
  @IsString() accountId!: string;
  @IsString() kind!: string;
  @IsString() title!: string;
  @IsString() body!: string;
  @IsOptional() @IsString() appointmentId?: string;
  @IsOptional() @IsString() paymentId?: string;
  @IsOptional() @IsString() conversationId?: string;
  @IsISO8601() createdAt!: string;
}

export const notificationCreatedV1 = defineContract({
  type: 'notifications.notification-created.v1',
  data: NotificationCreatedV1,
  live: true,
  example: {
    notificationId: '01935a6e-0000-7000-8000-000000000020',
    accountId: '01935a6e-0000-7000-8000-000000000002',
    kind: 'appointment-requested',
    title: 'Nouvelle demande de rendez-vous',
    body: 'Amina Ben Salah demande un rendez-vous le 30 novembre 2026 à 09:00.',
    appointmentId: '01935a6e-0000-7000-8000-000000000010',
    createdAt: '2026-11-23T09:30:00.000Z',
  },
});
