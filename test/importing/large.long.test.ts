import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runProgram } from "../support/run-program.ts";

const PROGRAM = fileURLToPath(new URL("support/measure-import.ts", import.meta.url));

/** Of 200,000 rows, with which the program can be run by hand, it is less than 300 MiB: most of it is there from few rows on. */
const ROWS = 30_000;
const MEBIBYTES = 250;

test.skipIf(process.platform !== "linux")(
  "a running service on the embedded database imports a large file in bounded memory, tells how far it is and goes on answering",
  { timeout: 300_000 },
  async () => {
    const { stdout, stderr } = await runProgram(process.execPath, [PROGRAM, String(ROWS)]);
    expect(stderr).toBe("");
    console.log(stdout.trim());
    const measured = JSON.parse(stdout) as Record<string, number | string[]>;
    expect(measured).toMatchObject({ accepted: ROWS, held: 0, refused: 0, figures: ROWS * 3 });
    expect(measured["progress"]).toEqual(["Reading", "Checking", "Writing"]);
    expect(measured["mebibytes"]).toBeLessThan(MEBIBYTES);
    // One block of many seconds would leave few.
    expect(measured["answers"]).toBeGreaterThan(50);
  },
);
