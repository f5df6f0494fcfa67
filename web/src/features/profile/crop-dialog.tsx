import { Button, Group, Slider, Text, useDirection } from '@mantine/core';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { WriteProblem } from '../../components/states';
import { cropOf, dragged, type Framing, MAX_ZOOM, WHOLE } from './crop';

/** Pixels of a side of what is sent: the server makes less of it. */
const SENT = 1024;
const QUALITY = 0.9;

const sliders = [
  ['zoom', 1, MAX_ZOOM, 0.1],
  ['across', 0, 100, 2],
  ['down', 0, 100, 2],
] as const;

interface Props {
  picture: HTMLImageElement;
  sending: boolean;
  error: unknown;
  send: (image: Blob) => void;
  close: () => void;
}

/** Cuts a square out of a picture, by pointer or by keys. */
export function CropDialog(props: Props) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('photo.crop')} onClose={props.close}>
      <Cropper {...props} />
    </Dialog>
  );
}

function Cropper({ picture, sending, error, send, close }: Props) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [framing, setFraming] = useState<Framing>(WHOLE);
  const { dir } = useDirection();
  // The thumb goes where the frame goes, also where sliders begin at the right.
  const turned = (name: keyof Framing, value: number) => (dir === 'rtl' && name === 'across' ? 100 - value : value);
  const size = { width: picture.naturalWidth, height: picture.naturalHeight };
  useEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    const { side, left, top } = cropOf(size, framing);
    context.imageSmoothingQuality = 'high';
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, SENT, SENT);
    context.drawImage(picture, left, top, side, side, 0, 0, SENT, SENT);
  }, [picture, framing]);
  const drag = ({ buttons, movementX, movementY, currentTarget }: PointerEvent<HTMLCanvasElement>) => {
    if (buttons === 0) return;
    const { clientWidth } = currentTarget;
    setFraming((before) => dragged(size, before, movementX / clientWidth, movementY / clientWidth));
  };
  return (
    <>
      <canvas
        ref={canvas}
        className="crop"
        width={SENT}
        height={SENT}
        role="img"
        aria-label={t('photo.preview')}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
      />
      {sliders.map(([name, min, max, step]) => (
        <div key={name}>
          <Text size="sm" fw={500} mb={4} aria-hidden>
            {t(`photo.${name}`)}
          </Text>
          <Slider
            min={min}
            max={max}
            step={step}
            label={null}
            thumbLabel={t(`photo.${name}`)}
            value={turned(name, framing[name])}
            onChange={(value) => setFraming((before) => ({ ...before, [name]: turned(name, value) }))}
          />
        </div>
      ))}
      <WriteProblem error={error} />
      <span role="status" className="visually-hidden">
        {sending && t('photo.sending')}
      </span>
      <Group justify="end">
        <Button variant="default" onClick={close}>
          {t('common.cancel')}
        </Button>
        <ActionButton
          loading={sending}
          onClick={() => canvas.current!.toBlob((image) => image && send(image), 'image/jpeg', QUALITY)}
        >
          {t('photo.use')}
        </ActionButton>
      </Group>
    </>
  );
}
