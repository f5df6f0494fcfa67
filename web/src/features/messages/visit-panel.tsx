import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed, Loading } from '../../components/states';
import { useConversation, useOpenConversation } from '../../lib/messages';
import { doctorName, fullName } from '../../lib/people';
import { useSession } from '../../lib/session';
import type { VisitPanelProps } from '../../lib/visit-panels';
import { Talk } from './conversation';

function Conversation({ id }: { id: string }) {
  const { t } = useTranslation();
  const { account } = useSession();
  const { data, isError, error, refetch } = useConversation(id);
  if (isError) return <Failed error={error} retry={refetch} />;
  if (!data || !account) return <Loading rows={2} />;
  const name = account.role === 'doctor' ? fullName(data.with) : doctorName(data.with, t);
  return <Talk conversation={data} account={account} name={name} isBeside />;
}

/** What the two write and send during a visit stays in their conversation. */
export default function MessagesBesideVisit({ doctorId, patientId }: VisitPanelProps) {
  const { account } = useSession();
  const { data, error, mutate } = useOpenConversation();
  const isDoctor = account?.role === 'doctor';
  const open = () => mutate(isDoctor ? { patientId } : { doctorId });
  useEffect(open, [isDoctor, patientId, doctorId, mutate]);
  if (error) return <Failed error={error} retry={open} />;
  return data ? <Conversation id={data.id} /> : <Loading rows={2} />;
}
