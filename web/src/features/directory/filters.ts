import { useSearchParams } from 'react-router';

export const filterNames = ['q', 'specialization', 'city', 'language', 'maxPrice', 'mode', 'sort'] as const;
export type FilterName = (typeof filterNames)[number];
export type Filters = Partial<Record<FilterName, string>>;

/** The filters live in the address, so that a search can be shared and comes back with the back button. */
export function useFilters() {
  const [search, setSearch] = useSearchParams();
  const filters: Filters = Object.fromEntries(
    filterNames.flatMap((name) => (search.get(name) ? [[name, search.get(name)!]] : [])),
  );
  const change = (name: FilterName, value: string) => {
    setSearch(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  };
  return { filters, change, clear: () => setSearch({}, { replace: true }) };
}
