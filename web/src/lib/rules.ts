import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from './api';

export type AppliedRules = Schemas['RulesView'];
export type RuleId = AppliedRules['rules'][number]['id'];

/** They change with a restart of the installation only. */
const REMEMBERED_MS = 3_600_000;

/** The rules of the country that this installation applies, in the language of the page. */
export function useRules() {
  const { i18n } = useTranslation();
  const query = useQuery({
    queryKey: ['rules', i18n.language],
    queryFn: ({ signal }) => dataOf(api.GET('/rules', { signal })),
    staleTime: REMEMBERED_MS,
  });
  const rule = (id: RuleId) => query.data?.rules.find((one) => one.id === id);
  return { ...query, rule, applies: (id: RuleId): boolean => rule(id) !== undefined };
}
