import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockFolder } from "../../src/store/folder-lock.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hatangso-lock-"));
});
afterEach(() => rm(folder, { recursive: true }));

const HOLD = `
  const { lockFolder } = await import(${JSON.stringify(new URL("../../src/store/folder-lock.ts", import.meta.url).href)});
  globalThis.kept = lockFolder(process.argv[1]);
  console.log("locked");
  setInterval(() => {}, 1000);`;

async function holdInAnotherProcess(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", HOLD, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

test("a folder that another process holds is refused, naming that process", async () => {
  const child = await holdInAnotherProcess();
  expect(() => lockFolder(folder)).toThrow(
    `DATA_DIR ${folder} is in use by another hatangso (process ${child.pid}).`,
  );
  child.kill("SIGKILL");
  await once(child, "exit");
});

test("a lock ends with kill -9 of its process, whatever process id it left behind", async () => {
  const child = await holdInAnotherProcess();
  child.kill("SIGKILL");
  await once(child, "exit");
  // A living process that has got the dead one's number is not taken for the holder.
  await writeFile(join(folder, "lock-holder"), `${process.pid}\n`);
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow("is in use");
  lock.release();
});

test("a released folder can be locked again", () => {
  lockFolder(folder).release();
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow("is in use");
  lock.release();
});
