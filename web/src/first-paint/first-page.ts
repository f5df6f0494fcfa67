/** The code of the pages that come with a first paint, by their address. */
const pages: [RegExp, () => Promise<unknown>][] = [
  [/^\/doctors\/?$/, () => import('../features/directory/directory')],
  [/^\/doctors\/[^/]+\/?$/, () => import('../features/booking/doctor-page')],
];

/** Has the page's code ready before it is drawn, so that nothing takes the place of what is shown already. */
export async function loadFirstPage(path: string): Promise<void> {
  await pages.find(([address]) => address.test(path))?.[1]();
}
