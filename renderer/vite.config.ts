import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page: plain files with relative addresses, so that `app://` and the local host serve the same build. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    // Inlined assets would need `data:` in more of the content security policy than pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    reportCompressedSize: false,
  },
});
