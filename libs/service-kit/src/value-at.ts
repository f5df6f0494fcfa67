/** What stands at a path of field names joined by dots, as MongoDB has them; undefined where one of them is missing. */
export const valueAt = (row: object, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], row);
