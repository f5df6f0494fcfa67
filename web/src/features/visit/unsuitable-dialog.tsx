import { useTranslation } from 'react-i18next';
import { ReasonDialog } from '../../components/reason-dialog';
import type { VisitState } from '../../lib/waiting';
import { useUnsuitable, type VisitAccess } from './calls';

interface UnsuitableDialogProps {
  access: VisitAccess;
  state: VisitState;
  opened: boolean;
  onClose: () => void;
}

/** The doctor judges that video does not suit, and says why in the patient's record; that ends the visit. */
export function UnsuitableDialog({ access, state, opened, onClose }: UnsuitableDialogProps) {
  const { t } = useTranslation();
  const ending = useUnsuitable(access);
  const say = (key: string) => t(`call.unsuitable.${key}`);
  return (
    <ReasonDialog
      opened={opened}
      title={say('title')}
      text={say('text')}
      label={say('reason')}
      hint={say('hint')}
      required
      confirm={say('confirm')}
      keep={say('keep')}
      pending={ending.isPending}
      error={ending.error}
      onClose={() => {
        ending.reset();
        onClose();
      }}
      onConfirm={(note) => ending.mutate({ patientId: state.patientId, label: say('note'), note })}
    />
  );
}
