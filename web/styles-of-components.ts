import { basename } from 'node:path';
import type { Plugin } from 'vite';

/** Where Mantine’s packages keep the names of a component’s classes: a module that only those load who draw it. */
const classNames = /@mantine\/(core|notifications)\/esm\/.*\.module\.mjs$/;

/**
 * Each of Mantine’s components brings its own styles, after those of the components that it is made of, so that a page loads
 * what it shows. In development, where libraries are bundled before any plugin sees them, all styles come at once, first.
 */
export function stylesOfComponents(): Plugin {
  let isBuild = true;
  return {
    name: 'styles-of-components',
    configResolved({ command }) {
      isBuild = command === 'build';
    },
    transform: {
      filter: { id: [classNames, /\/web\/src\/main\.tsx$/] },
      handler(code, id) {
        if (!classNames.test(id)) {
          const all = ['core', 'notifications'].map((name) => `import '@mantine/${name}/styles.css';`);
          return isBuild ? null : { code: `${all.join('')}${code}`, map: null };
        }
        const styles = id.includes('@mantine/core/')
          ? `@mantine/core/styles/${basename(id, '.module.mjs')}.css`
          : '@mantine/notifications/styles.css';
        return { code: `${code}\nimport '${styles}';`, map: null };
      },
    },
  };
}
