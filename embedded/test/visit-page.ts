import { eventually } from '@medflow/testing';
import type { Page } from 'playwright-core';
import type { Visitor } from './browser.js';

/** Three people are encoded and decoded by one machine here. */
export const takeSmallPictures = ({ context }: Visitor): Promise<unknown> =>
  context.addInitScript(`{
    const { getUserMedia } = MediaDevices.prototype;
    MediaDevices.prototype.getUserMedia = function (wanted) {
      const video = wanted.video && { ...wanted.video, width: 320, height: 180 };
      return getUserMedia.call(this, video ? { ...wanted, video } : wanted);
    };
  }`);

export const seatOf = (role: string): string => `figure[data-seat="${role}"] video`;
export const SCREEN = 'figure[data-screen] video';
export const SELF = '[data-self] video';

const framesOf = async (page: Page, video: string): Promise<number> =>
  Number(
    await page
      .evaluate(`document.querySelector(${JSON.stringify(video)})?.getVideoPlaybackQuality().totalVideoFrames ?? 0`)
      .catch(() => 0),
  );

/** Pictures move: as many more as a second has at the least. @returns milliseconds that it took */
export async function seesMoving(page: Page, video: string, timeoutMs = 10_000): Promise<number> {
  const begun = performance.now();
  let [shown, first]: [number, number | undefined] = [0, undefined];
  await eventually(
    async () => {
      shown = await framesOf(page, video);
      // A picture taken anew counts from nothing.
      if (first === undefined || shown < first) first = shown;
      return shown - first >= 5;
    },
    { timeoutMs, everyMs: 50 },
  );
  return performance.now() - begun;
}

/** Bytes of sound that arrived in the page’s video of somebody. */
export async function hears(page: Page, video: string, timeoutMs = 10_000): Promise<void> {
  const track = `document.querySelector(${JSON.stringify(video)})?.srcObject?.getAudioTracks()[0]`;
  await eventually(async () => (await page.evaluate(`${track}?.readyState === 'live' && !${track}.muted`)) === true, {
    timeoutMs,
    everyMs: 50,
  });
}

/** What was read out so far. */
export const said = async (page: Page): Promise<string> => (await page.locator('[data-said]').textContent()) ?? '';

export const hasSaid = (page: Page, text: string): Promise<unknown> =>
  eventually(async () => (await said(page)).includes(text), { timeoutMs: 10_000, everyMs: 50 });

/** Goes through the check of the devices and in. */
export async function enter({ page }: Visitor, button: string): Promise<void> {
  await page.getByRole('heading', { name: 'Caméra' }).waitFor();
  await seesMoving(page, 'section video');
  await page.getByRole('button', { name: button }).click();
}
