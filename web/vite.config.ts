import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { compression } from 'vite-plugin-compression2';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { clientAfterPaint } from './client-after-paint';
import { noCircles } from './no-circles';
import { OFFLINE_PAGE, offlineShell } from './offline-shell';
import { firstPaintTexts } from './src/first-paint/texts';
import { stylesOfComponents } from './styles-of-components';

/** Beside the client, for the gateway: what its first paint of the public pages says. */
const textsOfFirstPaint: Plugin = {
  name: 'texts-of-first-paint',
  generateBundle() {
    const source = JSON.stringify(firstPaintTexts);
    this.emitFile({ type: 'asset', fileName: '.vite/first-paint.json', source });
  },
};

/** Where what the public pages have in common stands. */
const publicPages = new RegExp(
  [
    String.raw`@mantine/core/esm/components/(ActionIcon|Alert|Anchor|Badge|FloatingIndicator|List|NativeSelect|Progress|SegmentedControl|Skeleton)/`,
    String.raw`@mantine/core/esm/components/Combobox/(Combobox\.module|ComboboxChevron|get-parsed-combobox-data)`,
    String.raw`@mantine/core/styles/(ActionIcon|Alert|Anchor|Badge|Combobox|FloatingIndicator|List|NativeSelect|Progress|SegmentedControl|Skeleton)\.css`,
    String.raw`@mantine/hooks/esm/(use-debounced-value|use-in-viewport|use-uncontrolled)/`,
    '@tanstack/(query-core|react-query)/',
    'web/src/components/(action-button|avatar|booker|day-times|month-calendar|policy|public-reviews|ratings|stars|zone-choice)',
    'web/src/lib/(cities|codes|doctor|month|people|piece-by-piece|slots)\\.ts',
    'web/src/features/booking/terms',
  ].join('|'),
);

export default defineConfig({
  plugins: [
    react(),
    stylesOfComponents(),
    clientAfterPaint(),
    noCircles,
    textsOfFirstPaint,
    VitePWA({
      registerType: 'autoUpdate',
      injectRegister: false,
      includeManifestIcons: false,
      manifest: {
        name: 'MedFlow',
        short_name: 'MedFlow',
        description: 'Trouvez un docteur et prenez rendez-vous',
        lang: 'fr',
        start_url: '/',
        display: 'standalone',
        background_color: '#f4f8f8',
        theme_color: '#0b5563',
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          { src: '/icon-maskable.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['index.html', 'first-paint.js', 'assets/**/*.{js,css}', '*.svg'],
        manifestTransforms: [offlineShell(join(import.meta.dirname, 'dist'))],
        navigateFallback: null,
        navigationPreload: true,
        runtimeCaching: [
          {
            // Pages come from the gateway; what somebody has opened is written down nowhere.
            urlPattern: ({ request, url }) =>
              request.mode === 'navigate' && !/^\/(api|mailbox|problems)(\/|$)/.test(url.pathname),
            handler: 'NetworkOnly',
            options: { precacheFallback: { fallbackURL: OFFLINE_PAGE } },
          },
        ],
      },
    }),
    // Once, as small as it gets, rather than for each who asks.
    compression({ algorithms: ['brotliCompress'], include: /assets\/.*\.(js|css)$/, threshold: 1024 }),
  ],
  // Else style sheets are empty in tests.
  test: { css: { include: /tokens\.css/ } },
  build: {
    target: 'es2022',
    sourcemap: false,
    // The gateway names the scripts of a public page in its first bytes.
    manifest: true,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // Named after all that share it, which is long.
        chunkFileNames: ({ name }) => `assets/${name.split('~')[0]}-[hash].js`,
        // What the first page needs comes in few pieces: dozens of small ones cost a phone more than they save.
        codeSplitting: {
          groups: [
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/,
              tags: ['$initial'],
              priority: 4,
            },
            { name: 'libraries', test: /node_modules/, tags: ['$initial'], priority: 3 },
            { name: 'client', tags: ['$initial'], priority: 2 },
            // What the directory and a doctor's page need besides, and nothing else; what is missing here makes a circle.
            { name: 'public', test: publicPages, priority: 1 },
            // Apart, since libraries need nothing of ours: pieces that need each other in a circle would not start.
            {
              name: 'shared-libraries',
              test: /node_modules[\\/](?!@mantine[\\/]schedule[\\/])/,
              minShareCount: 2,
              entriesAware: true,
              // Small ones put together would need each other in a circle.
              entriesAwareMergeThreshold: 0,
            },
            {
              name: 'shared',
              // It is large, and for doctors' agendas alone: not to be put together with what others share.
              test: /^(?!.*[\\/]@mantine[\\/]schedule[\\/])/,
              minShareCount: 2,
              entriesAware: true,
              // As above: put together by size, any change of what imports what could make a circle.
              entriesAwareMergeThreshold: 0,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': 'http://localhost:3000',
      '/test-provider': 'http://localhost:3000',
      '/realtime': { target: 'http://localhost:3000', ws: true },
    },
  },
});
