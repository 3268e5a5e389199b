/**
 * `npm run check`: format, lint, types and unused code, all at once, each tool's words only if it complains.
 * Ends with exit code 1 if any of them did, so that one command says whether a change may go in.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  readonly output: string;
}

const root = fileURLToPath(new URL("..", import.meta.url));

/** The slow ones first: there are five tools and often two cores. */
const tools: readonly { name: string; command: readonly string[] }[] = [
  { name: "lint", command: ["oxlint", "--deny-warnings"] },
  { name: "types", command: ["tsc", "--noEmit", "--pretty", "-p", "."] },
  { name: "pages", command: ["tsc", "--noEmit", "--pretty", "-p", "src/web/assets"] },
  { name: "unused", command: ["knip", "--no-progress", "--treat-config-hints-as-errors"] },
  { name: "format", command: ["oxfmt", "--check"] },
];

function run(name: string, command: readonly string[]): Promise<Outcome> {
  const [program = "", ...args] = command;
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(`${root}node_modules/.bin/${program}`, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      // Colour is for a person at a terminal; oxlint would also colour for any CI.
      env: {
        ...process.env,
        ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1", CI: undefined }),
      },
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", (cause) => reject(new Error(`${program} did not start`, { cause })));
    child.on("close", (code) => {
      const seconds = (performance.now() - startedAt) / 1000;
      resolve({ name, passed: code === 0, seconds, output: output.trim() });
    });
  });
}

function report({ name, passed, seconds, output }: Outcome): void {
  if (!passed) console.log(`\n── ${name} ──\n${output}\n`);
  console.log(`${passed ? "ok  " : "FAIL"} ${name.padEnd(6)} ${seconds.toFixed(1)} s`);
}

const outcomes = await Promise.all(
  tools.map(async ({ name, command }) => {
    const outcome = await run(name, command);
    report(outcome);
    return outcome;
  }),
);
const failed = outcomes.filter(({ passed }) => !passed).map(({ name }) => name);
if (failed.length > 0) console.log(`\n${failed.join(", ")}: see above`);
process.exitCode = failed.length === 0 ? 0 : 1;
