import type { QueryClient } from '@tanstack/react-query';
import type { Schemas } from '../lib/api';

/** What the page brought along, so that the client need not ask for it again. */
interface FirstData {
  doctor?: Schemas['DirectoryDoctorView'];
  directory?: { query: Record<string, string>; page: Schemas['DirectoryList'] };
}

export function takeFirstData(queries: QueryClient, page: Document = document): void {
  const text = page.getElementById('first-data')?.textContent;
  if (!text) return;
  const { doctor, directory } = JSON.parse(text) as FirstData;
  if (doctor) queries.setQueryData(['doctor', doctor.id], doctor);
  if (directory) queries.setQueryData(['directory', directory.query], { pages: [directory.page], pageParams: [''] });
}
