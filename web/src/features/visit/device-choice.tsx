import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface DeviceChoiceProps {
  label: string;
  kind: MediaDeviceKind;
  devices: readonly MediaDeviceInfo[];
  /** Undefined: whichever the browser takes. */
  value: string | undefined;
  onChoose: (deviceId: string) => void;
}

export function DeviceChoice({ label, kind, devices, value, onChoose }: DeviceChoiceProps) {
  const { t } = useTranslation();
  const own = devices.filter((device) => device.kind === kind);
  const data = own.map((device, index) => ({
    value: device.deviceId,
    label: device.label || t('call.check.device', { number: index + 1 }),
  }));
  const isListed = data.some((choice) => choice.value === value);
  return (
    <NativeSelect
      label={label}
      value={isListed ? value : ''}
      disabled={data.length === 0}
      data={isListed ? data : [{ value: '', label: t('call.check.byDefault') }, ...data]}
      onChange={({ currentTarget }) => currentTarget.value && onChoose(currentTarget.value)}
    />
  );
}
