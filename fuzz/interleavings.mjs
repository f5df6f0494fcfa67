// npm run fuzz:interleavings [-- --runs 50000] [--seed 1]: the properties of all interleavings of payments and of bookings, with
// another seed each night. The seed is printed first, so that what was found can be found again.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '50000' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
  },
});
const { runs, seed } = values;
console.log(`seed ${seed}; again: npm run fuzz:interleavings -- --seed ${seed} --runs ${runs}`);
const { status } = spawnSync(process.execPath, ['scripts/jest.mjs', 'unit', 'test/interleavings'], {
  stdio: 'inherit',
  env: { ...process.env, FC_SEED: seed, FC_RUNS: runs },
});
if (status !== 0) console.error(`found with seed ${seed}`);
process.exitCode = status ?? 1;
