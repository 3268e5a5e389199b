import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The suites in test/real need servers that only CI installs: vitest.real.config.ts.
    exclude: ["test/real/**"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // One more than the cores: a good third of the time goes into waiting for deadlines that are being tested.
    maxWorkers: availableParallelism() + 1,
  },
});
