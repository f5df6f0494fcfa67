import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { PolicyWords } from '../../components/policy';
import { api, type Schemas, dataOf } from '../../lib/api';

export type TermsOfDoctor = Schemas['SlotList']['terms'];

/** When one pays and what a cancellation costs, known before booking. */
export const useTerms = (doctorId: string) =>
  useQuery({
    queryKey: ['terms', doctorId],
    queryFn: async ({ signal }) => {
      const now = new Date().toISOString();
      const query = { from: now, to: now } as never;
      return (await dataOf(api.GET('/doctors/{id}/slots', { params: { path: { id: doctorId }, query }, signal })))
        .terms;
    },
  });

interface TermsProps {
  terms: TermsOfDoctor;
  free: boolean;
  /** Of the slot that was chosen, for exact times. */
  startsAt?: string;
  zone?: string;
}

export function Terms({ terms, free, startsAt, zone }: TermsProps) {
  const { t } = useTranslation();
  const when =
    terms.payment === 'after-acceptance' ? 'afterAcceptance' : terms.autoAccept ? 'atBookingAuto' : 'atBooking';
  return (
    <Stack gap={2} mt="sm">
      <Text size="sm" fw={600}>
        {t(free ? 'payments.policy.free' : `payments.policy.${when}`)}
      </Text>
      {!free && <PolicyWords policy={terms.cancellation} startsAt={startsAt} zone={zone} />}
    </Stack>
  );
}

/** As {@link Terms}, as soon as they are known. */
export function TermsOf({ doctorId, ...shown }: Omit<TermsProps, 'terms'> & { doctorId: string }) {
  const { data } = useTerms(doctorId);
  return data && <Terms terms={data} {...shown} />;
}
