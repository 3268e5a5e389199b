import { defineConfig } from "vitest/config";

/** The suites that need Prometheus, blackbox_exporter, BIND and Chromium; `.ci/run` installs them and names them. */
export default defineConfig({
  test: {
    include: ["test/real/**/*.test.ts"],
    globalSetup: "test/real/programs.ts",
    // A scrape interval and a start-up of a real server lie inside these.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Both suites start a lab and a service; the machine may have two cores.
    fileParallelism: false,
    // As the command does: docs/adr/0021-probes-speak-http-by-hand.md.
    execArgv: ["--no-wasm-code-gc"],
  },
});
