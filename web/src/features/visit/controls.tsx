import { Switch, Table } from '@mantine/core';
import {
  IconBuildingHospital,
  IconDoorExit,
  IconKeyboard,
  IconLayoutSidebarRight,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconPictureInPicture,
  IconScreenShare,
  IconScreenShareOff,
  IconSettings,
  IconUserSquare,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../components/dialog';
import { useRules } from '../../lib/rules';
import { areShortcutsOn, type Shortcut, shortcuts, switchShortcuts } from './shortcuts';
import styles from './visit.module.css';

interface ControlProps {
  icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;
  /** What it does now, in full: its name. */
  name: string;
  /** Under the icon, where there is room. */
  short: string;
  shortcut?: Shortcut;
  isOff?: boolean;
  isStrong?: boolean;
  isBusy?: boolean;
  isExpanded?: boolean;
  onPress: () => void;
}

function Control({ icon: Icon, name, short, shortcut, isOff, isStrong, isBusy, isExpanded, onPress }: ControlProps) {
  const key = shortcut && shortcuts[shortcut];
  return (
    <button
      type="button"
      className={styles.control}
      data-off={isOff}
      data-strong={isStrong}
      aria-label={name}
      aria-keyshortcuts={key && key !== '?' ? key : undefined}
      aria-disabled={isBusy || undefined}
      aria-expanded={isExpanded}
      title={key ? `${name} (${key})` : name}
      onClick={() => !isBusy && onPress()}
    >
      <Icon size={22} aria-hidden />
      <span aria-hidden>{short}</span>
    </button>
  );
}

/** Where the country asks the doctor to judge whether video suits. */
function Unsuitable({ isBusy, onPress }: { isBusy: boolean; onPress: () => void }) {
  const { t } = useTranslation();
  const { applies } = useRules();
  if (!applies('video-where-suitable')) return null;
  const name = t('call.unsuitable.control');
  return (
    <Control
      icon={IconBuildingHospital}
      name={name}
      short={t('call.unsuitable.controlShort')}
      isBusy={isBusy}
      onPress={onPress}
    />
  );
}

export interface Controlled {
  hasAudio: boolean;
  hasCamera: boolean;
  isSharing: boolean;
  isSelfShown: boolean;
  isPanelOpen: boolean;
  isDoctor: boolean;
  isFinishing: boolean;
  canShare: boolean;
  canShrink: boolean;
  onMute: () => void;
  onCamera: () => void;
  onShare: () => void;
  onSelf: () => void;
  onPanel: () => void;
  onShrink: () => void;
  onSettings: () => void;
  onHelp: () => void;
  onLeave: () => void;
  onUnsuitable: () => void;
  onFinish: () => void;
}

/** In the order in which they are needed; each says what pressing it does. */
export function Controls(does: Controlled) {
  const { t } = useTranslation();
  const say = (key: string) => t(`call.controls.${key}`);
  return (
    <div className={styles.controls} role="toolbar" aria-label={say('label')}>
      <Control
        icon={does.hasAudio ? IconMicrophone : IconMicrophoneOff}
        name={say(does.hasAudio ? 'mute' : 'unmute')}
        short={say('muteShort')}
        shortcut="mute"
        isOff={!does.hasAudio}
        onPress={does.onMute}
      />
      <Control
        icon={does.hasCamera ? IconVideo : IconVideoOff}
        name={say(does.hasCamera ? 'cameraOff' : 'cameraOn')}
        short={say('cameraShort')}
        shortcut="camera"
        isOff={!does.hasCamera}
        onPress={does.onCamera}
      />
      {does.canShare && (
        <Control
          icon={does.isSharing ? IconScreenShareOff : IconScreenShare}
          name={say(does.isSharing ? 'unshare' : 'share')}
          short={say(does.isSharing ? 'unshareShort' : 'shareShort')}
          shortcut="share"
          onPress={does.onShare}
        />
      )}
      <Control
        icon={IconUserSquare}
        name={say(does.isSelfShown ? 'selfOff' : 'selfOn')}
        short={say('selfShort')}
        shortcut="self"
        onPress={does.onSelf}
      />
      {does.canShrink && (
        <Control icon={IconPictureInPicture} name={say('pip')} short={say('pipShort')} onPress={does.onShrink} />
      )}
      <Control
        icon={IconLayoutSidebarRight}
        name={t(does.isPanelOpen ? 'call.panels.close' : 'call.panels.open')}
        short={say('panel')}
        shortcut="panel"
        isExpanded={does.isPanelOpen}
        onPress={does.onPanel}
      />
      <Control icon={IconSettings} name={say('settings')} short={say('settings')} onPress={does.onSettings} />
      <Control icon={IconKeyboard} name={say('help')} short={say('help')} shortcut="help" onPress={does.onHelp} />
      <Control
        icon={IconDoorExit}
        name={say('leave')}
        short={say('leave')}
        isStrong={!does.isDoctor}
        onPress={does.onLeave}
      />
      {does.isDoctor && <Unsuitable isBusy={does.isFinishing} onPress={does.onUnsuitable} />}
      {does.isDoctor && (
        <Control
          icon={IconPhoneOff}
          name={say('finish')}
          short={say('finishShort')}
          isStrong
          isBusy={does.isFinishing}
          onPress={does.onFinish}
        />
      )}
    </div>
  );
}

export function HelpDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [isOn, setOn] = useState(areShortcutsOn);
  return (
    <Dialog title={t('call.help.title')} onClose={onClose}>
      <Table>
        <tbody>
          {(Object.keys(shortcuts) as Shortcut[]).map((name) => (
            <tr key={name}>
              <th scope="row" style={{ textAlign: 'start' }}>
                {t(`call.help.${name}`)}
              </th>
              <td>
                <kbd>{shortcuts[name]}</kbd>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <Switch
        label={t('call.help.use')}
        checked={isOn}
        onChange={({ currentTarget }) => {
          setOn(currentTarget.checked);
          switchShortcuts(currentTarget.checked);
        }}
      />
    </Dialog>
  );
}
