import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRules } from '../../lib/rules';
import type { Slot } from '../../lib/slots';

interface Props {
  doctorId: string;
  slot: Slot;
  isTicked: boolean;
  onTick: (isTicked: boolean) => void;
  /** The server asks for it. */
  error: string | undefined;
}

/** Where a first visit is to be in person, the patient's word that it has been. */
export function Examined({ doctorId, slot, isTicked, onTick, error }: Props) {
  const { t } = useTranslation();
  const { applies } = useRules();
  if (slot.mode !== 'video' || !applies('video-after-examination')) return null;
  return (
    <div>
      <Checkbox
        label={t('booking.examined')}
        description={t('booking.examinedHint')}
        checked={isTicked}
        error={error}
        onChange={(event) => onTick(event.currentTarget.checked)}
      />
      {error && (
        <Link to={`/doctors/${doctorId}?mode=in-person`} style={{ display: 'inline-block', paddingBlock: 8 }}>
          {t('booking.inPerson')}
        </Link>
      )}
    </div>
  );
}
