import { useTranslation } from 'react-i18next';
import { doctorName, fullName } from '../../lib/people';
import { useSession } from '../../lib/session';
import type { Entry } from './calls';

/** Who wrote it, as the reader knows them. */
export function useAuthorName() {
  const { t } = useTranslation();
  const { account } = useSession();
  return (author: Entry['author']): string => {
    if (author.id === account?.id) return t('record.you');
    return author.role === 'doctor' ? doctorName(author, t) : fullName(author);
  };
}
