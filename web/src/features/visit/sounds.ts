/** Two tones, as a door bell has them. Hertz and seconds. */
const BELL = [
  { frequency: 660, at: 0 },
  { frequency: 880, at: 0.22 },
];
const LASTS = 0.5;

/** @param sinkId of the speaker, where the browser lets one choose */
export async function chime(sinkId?: string): Promise<void> {
  const context = new AudioContext();
  try {
    if (sinkId && 'setSinkId' in context) await (context as { setSinkId(id: string): Promise<void> }).setSinkId(sinkId);
    await context.resume();
    for (const { frequency, at } of BELL) {
      const begins = context.currentTime + at;
      const [tone, gain] = [new OscillatorNode(context, { frequency }), new GainNode(context, { gain: 0 })];
      tone.connect(gain).connect(context.destination);
      gain.gain.setTargetAtTime(0.25, begins, 0.02);
      gain.gain.setTargetAtTime(0, begins + 0.15, 0.12);
      tone.start(begins);
      tone.stop(begins + LASTS);
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  } catch {
    // Without a loudspeaker, or before anybody has touched the page: the words say it too.
  } finally {
    await context.close().catch(() => undefined);
  }
}
