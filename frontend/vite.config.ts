import vue from "@vitejs/plugin-vue";
import elementStyles from "unplugin-element-plus/vite";
import type { Plugin } from "vite";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const server = process.env.LUODI_SERVER ?? "http://127.0.0.1:8000";

/** Django sets <base href> when it serves the built page; the development server has to do the same. */
function baseForDevelopment(): Plugin {
  return {
    name: "luodi-base",
    apply: "serve",
    transformIndexHtml: () => [{ tag: "base", attrs: { href: "/" }, injectTo: "head-prepend" }],
  };
}

export default defineConfig({
  base: "./",
  plugins: [vue(), elementStyles({}), baseForDevelopment()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: true, // Element Plus needs it
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        // What several pages share, under names one can recognise.
        codeSplitting: {
          groups: [
            { name: "maplibre", test: /node_modules[\\/](maplibre-gl|@maplibre)/ },
            { name: "echarts", test: /node_modules[\\/](echarts|zrender)/ },
            { name: "h3", test: /node_modules[\\/]h3-js/ },
            { name: "vue", test: /node_modules[\\/](@vue|vue|vue-router|vue-i18n|@intlify)[\\/]/ },
          ],
        },
        // Some servers do not know .mjs, and a worker with the wrong type does not start.
        assetFileNames: ({ names }) => `assets/[name]-[hash]${names.some((n) => n.endsWith(".mjs")) ? ".js" : "[extname]"}`,
      },
    },
  },
  server: {
    port: 5173,
    // The host stays that of the page: the server checks that a form comes from its own.
    proxy: Object.fromEntries(["/api", "/tiles", "/ogc"].map((path) => [path, { target: server, changeOrigin: false }])),
  },
  // A busy machine may take its time to fetch the words of a language; a test that hangs is ended all the same.
  test: { environment: "happy-dom", isolate: false, include: ["src/**/*.test.ts"], testTimeout: 30_000, hookTimeout: 60_000 },
});
