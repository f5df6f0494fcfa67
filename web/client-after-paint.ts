import type { Plugin } from 'vite';

const entry = /<script type="module" crossorigin src="([^"]+)"><\/script>/;

/**
 * The client is loaded with the page, and run by `first-paint.js` once what the gateway wrote there has been painted: a phone
 * is busy with it for a moment, in which there would be nothing to read. On a slow line it comes after the styles.
 */
export function clientAfterPaint(): Plugin {
  return {
    name: 'client-after-paint',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        if (!entry.test(html)) throw new Error('index.html names no client');
        return html
          .replace(entry, '<link rel="modulepreload" crossorigin href="$1" id="client">')
          .replaceAll('<link rel="modulepreload"', '<link rel="modulepreload" fetchpriority="low"');
      },
    },
  };
}
