import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface PublicDocument {
  paths: Record<string, Record<string, unknown>>;
}

/** The public OpenAPI document, generated from the services and the gateway (`npm run openapi`): also what the gateway routes. */
export const publicDocument = (): PublicDocument =>
  JSON.parse(readFileSync(fileURLToPath(new URL('../openapi.json', import.meta.url)), 'utf8')) as PublicDocument;
