import { defineConfig } from "vitest/config";

// Tests run without a browser; one that needs a document says so itself with `// @vitest-environment jsdom`.
export default defineConfig({
  test: { include: ["test/**/*.test.ts"], environment: "node", restoreMocks: true, testTimeout: 60_000 },
});
