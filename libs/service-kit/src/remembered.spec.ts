import { remembered } from './remembered.js';

describe('what is remembered', () => {
  it('is worked out once, also for those who ask at the same moment', async () => {
    let times = 0;
    const read = remembered(async () => (times += 1));
    expect(await Promise.all([read(), read()])).toEqual([1, 1]);
    expect(await read()).toBe(1);
  });

  it('is no failure: who asks after it has it tried again', async () => {
    let times = 0;
    const read = remembered(async () => {
      times += 1;
      if (times === 1) throw new Error('not now');
      return times;
    });
    const [first, same] = await Promise.allSettled([read(), read()]);
    expect([first.status, same.status]).toEqual(['rejected', 'rejected']);
    expect(await read()).toBe(2);
    expect(await read()).toBe(2);
  });
});
