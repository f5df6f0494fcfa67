import type { Kept } from './objects.js';
import { shown, type World } from './world.js';

/** An object as the API answers it, with the ids that `expand[]` names replaced by their objects. */
export function view(world: World, object: Kept, expand: readonly string[]): Record<string, unknown> {
  const answer = { ...shown(object) } as Record<string, unknown>;
  for (const [field, rest] of byField(expand)) {
    if (field === 'refunds' && object.object === 'charge') {
      const refunds = world.all('refund').filter(({ charge }) => charge === object.id);
      answer.refunds = list(
        refunds.map((refund) => view(world, refund, [])),
        false,
        `/v1/charges/${object.id}/refunds`,
      );
      continue;
    }
    const value = answer[field];
    const target = typeof value === 'string' ? world.find(value) : undefined;
    if (target) answer[field] = view(world, target, rest);
  }
  return answer;
}

export const list = (data: unknown[], hasMore: boolean, url: string) => ({
  object: 'list',
  data,
  has_more: hasMore,
  url,
});

function byField(expand: readonly string[]): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const path of expand) {
    const [field = '', ...rest] = path.split('.');
    const known = fields.get(field) ?? [];
    if (rest.length > 0) known.push(rest.join('.'));
    fields.set(field, known);
  }
  return fields;
}
