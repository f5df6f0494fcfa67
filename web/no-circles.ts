import type { Plugin } from 'vite';

/** Of files that need each other in a circle one runs before what it needs is there: such a build is refused. */
export const noCircles: Plugin = {
  name: 'no-circles',
  generateBundle(_, bundle) {
    const needs = (file: string): readonly string[] => {
      const part = bundle[file];
      return part?.type === 'chunk' ? part.imports : [];
    };
    for (const start of Object.keys(bundle)) {
      const reached = new Set<string>();
      const look = (file: string): void => {
        if (reached.has(file)) return;
        reached.add(file);
        needs(file).forEach(look);
      };
      needs(start).forEach(look);
      if (reached.has(start)) this.error(`${start} needs itself, by way of others (codeSplitting in vite.config.ts)`);
    }
  },
};
