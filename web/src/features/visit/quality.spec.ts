import { describe, expect, it } from 'vitest';
import { qualityOf, type Sample, sampleOf, VideoPolicy } from './quality';

const counts = { sent: 0, lostThere: 0, received: 0, lostHere: 0 };
const sample = (fields: Partial<Sample> = {}): Sample => ({
  rttMs: 40,
  loss: 0,
  availableKbps: 2_000,
  receivedBytes: 0,
  counts,
  ...fields,
});
const bad = sample({ loss: 0.3 });
const fair = sample({ loss: 0.05 });

describe('what the statistics say', () => {
  it('takes the worse direction of what was lost since the sample before', () => {
    const entries = (sent: number, lostThere: number, received: number, lostHere: number) => [
      { type: 'outbound-rtp', packetsSent: sent },
      { type: 'remote-inbound-rtp', packetsLost: lostThere },
      { type: 'inbound-rtp', packetsReceived: received, packetsLost: lostHere },
    ];
    const before = sampleOf(entries(1_000, 500, 1_000, 500));
    expect(before.loss).toBe(0);
    expect(sampleOf(entries(1_100, 520, 1_100, 500), before).loss).toBeCloseTo(0.2);
    expect(sampleOf(entries(1_100, 500, 1_060, 540), before).loss).toBeCloseTo(0.4);
  });

  it('reads times and rates of the way in use, and counts what arrives on all', () => {
    const pair = { type: 'candidate-pair', currentRoundTripTime: 0.2, availableOutgoingBitrate: 900_000 };
    expect(
      sampleOf([
        { ...pair, state: 'failed', nominated: false, bytesReceived: 5, currentRoundTripTime: 9 },
        { ...pair, state: 'succeeded', nominated: true, bytesReceived: 70 },
      ]),
    ).toEqual({ rttMs: 200, loss: 0, availableKbps: 900, receivedBytes: 75, counts });
  });

  it('says nothing of what a browser does not tell', () => {
    expect(sampleOf([])).toEqual({
      rttMs: undefined,
      loss: 0,
      availableKbps: undefined,
      receivedBytes: 0,
      counts,
    });
  });
});

describe('quality in words', () => {
  it.each([
    ['good', sample()],
    ['good', sample({ rttMs: undefined, availableKbps: undefined })],
    ['fair', fair],
    ['fair', sample({ rttMs: 400 })],
    ['fair', sample({ availableKbps: 200 })],
    ['poor', bad],
    ['poor', sample({ rttMs: 900 })],
    ['poor', sample({ availableKbps: 50 })],
  ] as const)('is %s', (quality, given) => expect(qualityOf(given)).toBe(quality));
});

describe('sound first', () => {
  const after = (policy: VideoPolicy, seconds: number, given: Sample) => {
    for (let second = 0; second < seconds; second += 1) policy.next(given);
    return policy.level;
  };

  it('makes the picture small, then has it wait, and brings it back by itself', () => {
    const policy = new VideoPolicy();
    expect(after(policy, 2, bad)).toBe('full');
    expect(after(policy, 1, bad)).toBe('low');
    expect(after(policy, 3, bad)).toBe('off');
    expect(after(policy, 10, bad)).toBe('off');
    expect(after(policy, 5, sample())).toBe('off');
    expect(after(policy, 1, sample())).toBe('low');
    expect(after(policy, 6, sample())).toBe('full');
  });

  it('does not mind a bad moment', () => {
    const policy = new VideoPolicy();
    for (let round = 0; round < 20; round += 1) {
      after(policy, 2, bad);
      after(policy, 1, fair);
    }
    expect(policy.level).toBe('full');
  });

  it('raises nothing on a way that is merely fair', () => {
    const policy = new VideoPolicy();
    after(policy, 6, bad);
    expect(after(policy, 100, fair)).toBe('off');
  });

  it('waits longer each time the picture had to go again, so that it does not flicker', () => {
    const policy = new VideoPolicy();
    const switches = [];
    let before = policy.level;
    // A network that carries sound and no picture.
    for (let second = 0; second < 600; second += 1) {
      const level = policy.next(policy.level === 'off' ? sample() : bad);
      if (level !== before) switches.push(second);
      before = level;
    }
    expect(switches.length).toBeLessThan(30);
  });

  it('believes no estimate of a way that carries little by intention', () => {
    const policy = new VideoPolicy();
    after(policy, 6, bad);
    expect(after(policy, 12, sample({ availableKbps: 60 }))).toBe('full');
  });
});
