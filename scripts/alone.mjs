import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const PAUSE_MS = 200;

const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The process that the file names; undefined when there is no file, NaN for one that is being written. */
function holderOf(file) {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10);
  } catch {
    return undefined;
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
  // Two that found the file of a dead process may both have removed one: the later has it.
  pause(20);
  return holderOf(file) === process.pid;
}

/**
 * Does the work while no other process does work under the same file, which names who is at it; the file of a process
 * that died counts for nothing. Needs no package, for it guards their installation.
 * @param waits is called once when there is somebody to wait for
 */
export function alone(file, work, waits) {
  for (let told = false; !take(file); pause(PAUSE_MS)) {
    const holder = holderOf(file);
    if (holder > 0 && !lives(holder)) rmSync(file, { force: true });
    else if (!told) {
      told = true;
      waits();
    }
  }
  // Also when the work ends the process.
  const leave = () => rmSync(file, { force: true });
  process.once('exit', leave);
  try {
    return work();
  } finally {
    leave();
    process.off('exit', leave);
  }
}
