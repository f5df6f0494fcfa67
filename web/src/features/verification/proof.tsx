import { Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed, Loading } from '../../components/states';
import { fileAt, keepFile } from '../../lib/download';

/** An address of the file as long as it is shown. */
function useAddress(file: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!file) return;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return file && address;
}

/** What a doctor sent of the licence, to be read beside the profile. */
export function Proof({ doctorId, name, sentAt }: { doctorId: string; name: string; sentAt: string }) {
  const { t } = useTranslation();
  const proof = useQuery({
    // Another file has another time.
    queryKey: ['licence-proof', doctorId, sentAt],
    queryFn: () => fileAt(`/admin/doctors/${doctorId}/licence-proof`),
    staleTime: Infinity,
    // Of no use once it is not looked at any more, and maybe large.
    gcTime: 0,
  });
  const address = useAddress(proof.data);
  const title = t('verification.proofOf', { name });
  const isPdf = proof.data?.type === 'application/pdf';
  return (
    <Stack gap="xs" className="proof">
      {proof.isPending && <Loading rows={1} height={320} />}
      {proof.isError && <Failed error={proof.error} retry={proof.refetch} />}
      {proof.data && address && (
        <>
          {isPdf ? <iframe src={address} title={title} /> : <img src={address} alt={title} />}
          <Group>
            <Button
              size="sm"
              variant="default"
              onClick={() => keepFile(proof.data, `${doctorId}.${isPdf ? 'pdf' : 'webp'}`)}
            >
              {t('licenceProof.open')}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}
