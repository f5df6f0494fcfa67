import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

export default defineConfig({
  plugins: [
    react(),
    VitePWA({
      registerType: 'autoUpdate',
      injectRegister: false,
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
        // The page comes from the gateway with a nonce of its own each time; only hashed assets are kept.
        globPatterns: ['assets/**/*.{js,css}', '*.svg'],
        // Word lists that judge a new password come when one is typed.
        globIgnores: ['assets/*.json-*.js'],
        navigateFallback: null,
        runtimeCaching: [
          {
            urlPattern: ({ request, url }) =>
              request.mode === 'navigate' && !url.pathname.startsWith('/api') && !url.pathname.startsWith('/mailbox'),
            handler: 'NetworkFirst',
            options: { cacheName: 'page', networkTimeoutSeconds: 5 },
          },
        ],
      },
    }),
  ],
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 700 },
  server: {
    proxy: {
      '/api': 'http://localhost:3000',
      '/test-provider': 'http://localhost:3000',
      '/realtime': { target: 'http://localhost:3000', ws: true },
    },
  },
});
