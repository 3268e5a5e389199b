import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The suites in test/real need servers that only CI installs: vitest.real.config.ts. Long ones wait for deadlines,
    // pauses and whole rounds as they are, or judge thousands of cases: vitest.long.config.ts. Those that touch a
    // database run on a server too.
    exclude: process.env["TEST_DATABASE_URL"]
      ? ["test/real/**"]
      : ["test/real/**", "test/**/*.long.test.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // One more than the cores: a good third of the time goes into waiting for deadlines that are being tested.
    maxWorkers: availableParallelism() + 1,
    // No file changes what another one imports, and loading everything anew for each takes longer than the tests.
    isolate: false,
    // As the command does: docs/adr/0021-probes-speak-http-by-hand.md.
    execArgv: ["--no-wasm-code-gc"],
  },
});
