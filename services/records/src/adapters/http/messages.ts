import type { Messages } from '@medflow/service-kit';

export const messages: Messages = {};
