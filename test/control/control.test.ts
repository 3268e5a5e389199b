import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CommandOutput } from "../../src/commands/command.ts";
import { askService } from "../../src/control/client.ts";
import { type RunCommand, startControl } from "../../src/control/server.ts";
import { UsageError } from "../../src/domain/usage-error.ts";

let folder: string;
let running: { stop: () => Promise<void> } | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hatangso-control-"));
});
afterEach(async () => {
  await running?.stop();
  running = null;
  await rm(folder, { recursive: true });
});

function recorder() {
  const lines: string[] = [];
  const chunks: Uint8Array[] = [];
  const output: CommandOutput = {
    out: (line) => void lines.push(`out ${line}`),
    err: (line) => void lines.push(`err ${line}`),
    data: async (chunk) => void chunks.push(chunk),
  };
  return { output, lines, data: () => Buffer.concat(chunks) };
}

async function* bytes(...parts: Uint8Array[]) {
  yield* parts;
}

const echo: RunCommand = async (name, args, input, output) => {
  output.err(`${name} ${JSON.stringify(args)}`);
  for await (const chunk of input) await output.data(chunk);
  output.out("done");
  return 1;
};

const fail = (error: unknown) => {
  throw error;
};

test("output files that a command calls by name come out by name", async () => {
  const write: RunCommand = async (_name, _args, _input, output) => {
    await output.data(Buffer.from("1"), "faults");
    await output.data(Buffer.from("2"), "annotated");
    await output.data(Buffer.from("3"), "faults");
    return 0;
  };
  running = await startControl(folder, write, fail);
  const got: Record<string, string> = {};
  const output: CommandOutput = {
    ...recorder().output,
    data: async (chunk, file = "") => void (got[file] = (got[file] ?? "") + String(chunk)),
  };
  await askService(folder, { name: "x", args: {} }, () => bytes(), output);
  expect(got).toEqual({ faults: "13", annotated: "2" });
});

test("a command's words, input file, output file, lines and exit code cross the socket unchanged", async () => {
  running = await startControl(folder, echo, fail);
  const big = Buffer.alloc(3_000_000, "Hạ tầng số ");
  const got = recorder();
  const code = await askService(
    folder,
    { name: "portals import", args: { file: "cổng.csv", replace: true } },
    () => bytes(big.subarray(0, 1_000_001), big.subarray(1_000_001)),
    got.output,
  );
  expect(code).toBe(1);
  expect(got.lines).toEqual(['err portals import {"file":"cổng.csv","replace":true}', "out done"]);
  expect(got.data().equals(big)).toBe(true);
});

test("only the owner may use the socket", async () => {
  running = await startControl(folder, echo, fail);
  const { mode } = await stat(join(folder, "control.sock"));
  expect((mode & 0o777).toString(8)).toBe("600");
});

test("nobody answers where no service runs, and the socket of a killed one is no service", async () => {
  const command = { name: "migrate", args: {} };
  expect(await askService(folder, command, () => bytes(), recorder().output)).toBeNull();
  const { createServer } = await import("node:net");
  const left = createServer().listen(join(folder, "control.sock"));
  await new Promise((resolve) => {
    left.once("listening", resolve);
  });
  const { rename } = await import("node:fs/promises");
  await rename(join(folder, "control.sock"), join(folder, "kept"));
  await new Promise((resolve) => {
    left.close(resolve);
  });
  await rename(join(folder, "kept"), join(folder, "control.sock"));
  expect(await askService(folder, command, () => bytes(), recorder().output)).toBeNull();
  running = await startControl(folder, echo, fail);
  expect(await askService(folder, command, () => bytes(), recorder().output)).toBe(1);
});

test("what the user can mend arrives as the same one line", async () => {
  const refuse: RunCommand = async () => {
    throw new UsageError('There is no job "x".');
  };
  running = await startControl(folder, refuse, fail);
  const asked = askService(folder, { name: "job", args: {} }, () => bytes(), recorder().output);
  await expect(asked).rejects.toThrow(new UsageError('There is no job "x".'));
});

test("a command whose reader leaves in the middle of its file ends, and holds nothing up", async () => {
  const ended = Promise.withResolvers<unknown>();
  const endless: RunCommand = async (_name, _args, _input, output) => {
    try {
      for (;;) await output.data(Buffer.alloc(1_000_000));
    } catch (error) {
      ended.resolve(error);
      throw error;
    }
  };
  running = await startControl(folder, endless, fail);
  const leaves = recorder().output;
  const asked = askService(folder, { name: "backup", args: {} }, () => bytes(), {
    ...leaves,
    data: async () => {
      throw new UsageError("The disk is full.");
    },
  });
  await expect(asked).rejects.toThrow("The disk is full.");
  expect(await ended.promise).toBeInstanceOf(UsageError);
});

test("no service runs where the folder does not exist, however long its path, or is no folder", async () => {
  const deep = join(folder, ..."abcdefghij".split("").map((letter) => letter.repeat(20)));
  for (const nowhere of [join(folder, "missing"), deep, "/dev/null/folder"]) {
    const asked = askService(nowhere, { name: "seed", args: {} }, () => bytes(), recorder().output);
    expect(await asked).toBeNull();
  }
});

test("a fault of the service ends the command with a line, not with silence", async () => {
  const faults: unknown[] = [];
  const broken: RunCommand = async () => {
    throw new TypeError("a bug");
  };
  running = await startControl(folder, broken, (error) => faults.push(error));
  const asked = askService(folder, { name: "job", args: {} }, () => bytes(), recorder().output);
  await expect(asked).rejects.toThrow(UsageError);
  expect(faults).toHaveLength(1);
});

test("a data folder whose path is too long for a socket address works all the same", async () => {
  const deep = join(folder, ..."abcdefghij".split("").map((letter) => letter.repeat(20)));
  await mkdir(deep, { recursive: true });
  running = await startControl(deep, echo, fail);
  const got = recorder();
  expect(await askService(deep, { name: "seed", args: {} }, () => bytes(), got.output)).toBe(1);
  expect(got.lines).toEqual(["err seed {}", "out done"]);
});
