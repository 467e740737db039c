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
