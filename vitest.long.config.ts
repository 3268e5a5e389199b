import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** The suites of `npm run test:long`: real servers and real pauses, too long for every change, run before each merge. */
export default defineConfig({
  test: {
    include: ["test/**/*.long.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: availableParallelism() + 1,
    isolate: false,
    // As the command does: docs/adr/0021-probes-speak-http-by-hand.md.
    execArgv: ["--no-wasm-code-gc"],
  },
});
