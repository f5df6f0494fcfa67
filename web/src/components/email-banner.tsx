import { Box } from '@mantine/core';
import { useLocation } from 'react-router';
import { mustProve } from '../lib/email-proof';
import { useSession } from '../lib/session';
import { ProveEmail } from './prove-email';

/** These pages say it themselves, where it matters. */
const SAY_IT_THEMSELVES = /^\/(verify-email|reset-password|doctors\/[^/]+\/book|appointments\/[^/]+\/pay)$/;

/** For as long as the operator waits for a proof of the address. */
export function EmailBanner() {
  const { account } = useSession();
  const { pathname } = useLocation();
  if (!mustProve(account) || SAY_IT_THEMSELVES.test(pathname)) return null;
  return (
    <Box mb="md">
      <ProveEmail />
    </Box>
  );
}
