import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { programFiles } from './scripts/programFiles.ts'
import { textsWithModules } from './scripts/textFiles.ts'

export default defineConfig({
  plugins: [textsWithModules(), react(), programFiles()],
  // The server's page handler replaces this token by the request's own nonce;
  // styled-components finds it in the meta tag that Vite adds.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'es2022',
    manifest: true,
    // Inlined data: addresses would need a wider policy than 'self'.
    assetsInlineLimit: 0,
    emptyOutDir: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page begins with comes in two files instead of dozens of small ones: gzip finds more in it that
          // repeats, and the libraries stay in the browser's cache when only Luotsi's own code is new.
          groups: [
            { name: 'libraries', test: /\/node_modules\//, tags: ['$initial'] },
            // The entry stays by itself: Vite would write a file without code of its own into index.html, and the
            // worker looks for its address there.
            { name: 'start', test: /\/src\/(?!main\.tsx)/, tags: ['$initial'] },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://localhost:8080' } },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test-setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    testTimeout: 60_000, // a busy machine is no mistake
  },
})
