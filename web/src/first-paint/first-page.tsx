import type { ComponentType } from 'react';
import { later } from '../lib/later';

type Load = () => Promise<{ default: ComponentType }>;

const loaded = new Map<Load, ComponentType>();

/** A page whose code comes when it is needed, and is drawn at once where it is there already. */
function page(load: Load): ComponentType {
  const Later = later(load);
  return function Page() {
    const Component = loaded.get(load) ?? Later;
    return <Component />;
  };
}

const directory: Load = () => import('../features/directory/directory');
const doctor: Load = () => import('../features/booking/doctor-page');

export const Directory = page(directory);
export const DoctorPage = page(doctor);

const addresses: [RegExp, Load][] = [
  [/^\/doctors\/?$/, directory],
  [/^\/doctors\/[^/]+\/?$/, doctor],
];

/** Has the code ready of the page at that path, if it came with a first paint, so that nothing else takes its place. */
export async function loadFirstPage(path: string): Promise<void> {
  const load = addresses.find(([address]) => address.test(path))?.[1];
  if (load) loaded.set(load, (await load()).default);
}
