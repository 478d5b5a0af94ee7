import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const server = process.env.BANSO_SERVER ?? 'http://127.0.0.1:8080';

/** The customers' own view has a page of its own for every address below /portal, as the server gives it. */
const portalPages: Plugin = {
  name: 'portal-pages',
  configureServer(vite) {
    vite.middlewares.use((request, _response, next) => {
      if (/^\/portal(\/(?!api\/)|\?|$)/.test(request.url ?? '')) request.url = '/portal.html';
      next();
    });
  },
};

export default defineConfig({
  plugins: [react(), portalPages],
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': server, '/v1': server, '/portal/api': server },
  },
  build: {
    target: 'es2023',
    // The font subsets are fetched by unicode range; inlining the small ones would send all of them to everybody.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: {
        main: resolve(import.meta.dirname, 'index.html'),
        portal: resolve(import.meta.dirname, 'portal.html'),
      },
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 3 },
            { name: 'mantine', test: /node_modules[\\/]@mantine[\\/](core|hooks)[\\/]/, priority: 2 },
            // Apart: the portal asks, but has no use for the router.
            { name: 'query', test: /node_modules[\\/]@tanstack[\\/](react-query|query-core)[\\/]/, priority: 2 },
            {
              name: 'tanstack',
              test: /node_modules[\\/]@tanstack[\\/](react-router|router-core|history)[\\/]/,
              priority: 2,
            },
          ],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    testTimeout: 30_000,
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    // Dates are written in the viewer's zone; a fixed one makes every machine say the same.
    env: { TZ: 'Asia/Tokyo' },
  },
});
