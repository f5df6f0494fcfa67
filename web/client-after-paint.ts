import type { Plugin } from 'vite';

const entry = /<script type="module" crossorigin src="([^"]+)"><\/script>/;

/**
 * The client is run by `first-paint.js` once what the gateway wrote into the page has been painted: a phone is busy with it for a
 * moment, in which there would be nothing to read. Public pages load it then only; others with the page, after the styles.
 */
export function clientAfterPaint(): Plugin {
  return {
    name: 'client-after-paint',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const client = entry.exec(html)?.[1];
        if (client === undefined) throw new Error('index.html names no client');
        return (
          html
            .replace(entry, '')
            .replaceAll('<link rel="modulepreload"', '<link rel="modulepreload" fetchpriority="low" data-run="library"')
            // After what it is made of.
            .replace(
              '</head>',
              `  <link rel="modulepreload" fetchpriority="low" data-run="client" crossorigin href="${client}">\n  </head>`,
            )
        );
      },
    },
  };
}
