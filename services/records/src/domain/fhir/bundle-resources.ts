import { InvalidBundle } from './errors.js';
import type { Resource } from './fhir.js';
import { fields, list } from './json.js';

export const MAX_RESOURCES = 5_000;

export interface Given {
  readonly position: number;
  readonly fullUrl?: string;
  readonly resource: Resource;
}

/** @throws InvalidBundle naming the field */
export function resourcesIn(json: unknown): Given[] {
  const bundle = fields(json);
  if (bundle.resourceType !== 'Bundle') throw new InvalidBundle('resourceType', 'not-a-bundle');
  if (bundle.entry !== undefined && !Array.isArray(bundle.entry)) throw new InvalidBundle('entry', 'invalid');
  const entries = list(bundle.entry);
  if (entries.length === 0) throw new InvalidBundle('entry', 'required');
  if (entries.length > MAX_RESOURCES) throw new InvalidBundle('entry', 'too-many', MAX_RESOURCES);
  return entries.map((entry, position) => {
    const { resource, fullUrl } = fields(entry);
    const { resourceType } = fields(resource);
    const field = `entry[${position}].resource`;
    if (typeof resourceType !== 'string' || !/^[A-Z][A-Za-z]{1,63}$/.test(resourceType))
      throw new InvalidBundle(field, 'invalid');
    if (resourceType === 'Bundle') throw new InvalidBundle(field, 'nested-bundle');
    return { position, resource: resource as Resource, ...(typeof fullUrl === 'string' && { fullUrl }) };
  });
}
