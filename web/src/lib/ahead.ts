import { api } from './api';

type Call = (path: string, options?: object) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** Operations that the OpenAPI document of this release does not list yet. */
export const ahead = api as unknown as Record<'GET' | 'POST' | 'PUT' | 'DELETE', Call>;
