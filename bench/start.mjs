// npm run bench -- start: how long a start takes on data that are there.
import { forget, launch, temporaryHome } from './system.mjs';

export async function start({ report }) {
  const home = temporaryHome();
  const port = { MEDFLOW_HOME: home, MEDFLOW_BUS: 'in-process', PORT: '39871' };
  const first = await launch(['embedded/dist/main.js', 'start'], port, /MedFlow ready at/);
  await first.stop();
  const second = await launch(['embedded/dist/main.js', 'start'], port, /MedFlow ready at/);
  await second.stop();
  forget(home);
  report('Second start, database included', `${(second.readyMs / 1000).toFixed(1)} s`, '≤ 8 s');
  return 'With the database that MedFlow itself starts.';
}
