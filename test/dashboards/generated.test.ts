import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runProgram } from "../support/run-program.ts";

const GENERATE = fileURLToPath(new URL("../../dashboards/generate.ts", import.meta.url));

test("the files in the folder are what the program makes, and no other", async () => {
  expect(await runProgram(process.execPath, [GENERATE, "--check"])).toMatchObject({
    code: 0,
    stderr: "",
  });
});
