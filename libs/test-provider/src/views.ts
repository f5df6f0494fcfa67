import type { Kept } from './objects.js';
import { expandOf, type Parameters, record, text, whole } from './parameters.js';
import { unknown } from './provider-error.js';
import { withoutHidden, type AccountState } from './account-state.js';

/** An object as the API answers it, with the ids that `expand[]` names replaced by their objects. */
export function view(state: AccountState, object: Kept, expand: readonly string[]): Record<string, unknown> {
  const answer = { ...withoutHidden(object) } as Record<string, unknown>;
  for (const [field, rest] of byField(expand)) {
    if (field === 'refunds' && object.object === 'charge') {
      const refunds = state.all('refund').filter(({ charge }) => charge === object.id);
      answer.refunds = list(
        refunds.map((refund) => view(state, refund, [])),
        false,
        `/v1/charges/${object.id}/refunds`,
      );
      continue;
    }
    const value = answer[field];
    const target = typeof value === 'string' ? state.find(value) : undefined;
    if (target) answer[field] = view(state, target, rest);
  }
  return answer;
}

const list = (data: unknown[], hasMore: boolean, url: string) => ({
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

const MAX_LIMIT = 100;

/** A page of a list, newest first. @throws ProviderError */
export function page(state: AccountState, objects: readonly Kept[], parameters: Parameters, url: string): object {
  const limit = whole(parameters, 'limit', MAX_LIMIT) ?? 10;
  const after = text(parameters, 'starting_after');
  const start = after === undefined ? 0 : objects.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0) throw unknown('object', after, 'starting_after');
  const { gte, gt, lt, lte } = record(parameters, 'created');
  const wanted = objects
    .slice(start)
    .filter(
      (object) =>
        (gte === undefined || object.created >= Number(gte)) &&
        (gt === undefined || object.created > Number(gt)) &&
        (lt === undefined || object.created < Number(lt)) &&
        (lte === undefined || object.created <= Number(lte)) &&
        matches(object, parameters),
    );
  const rows = wanted.slice(0, limit);
  const expand = expandOf(parameters)
    .filter((path) => path.startsWith('data.'))
    .map((path) => path.slice('data.'.length));
  return list(
    rows.map((row) => view(state, row, expand)),
    limit < wanted.length,
    url,
  );
}

/** Filters that name a field. */
const matches = (object: Kept, parameters: Parameters): boolean =>
  (['customer', 'payment_intent', 'charge', 'type', 'source'] as const).every(
    (name) =>
      parameters[name] === undefined || (object as unknown as Record<string, unknown>)[name] === parameters[name],
  );
