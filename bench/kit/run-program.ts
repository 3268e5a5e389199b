import { spawn } from "node:child_process";
import { once } from "node:events";
import type { SectionReport } from "./row.ts";

/** A program under bench/ that ends with `conclude`. */
export interface Program {
  readonly program: string;
  readonly args: readonly string[];
  /** Whether it needs TEST_DATABASE_URL: a server of its own is started for it. */
  readonly postgres: boolean;
}

/** Runs a program to its end; null if it failed, which it has said itself on stderr. */
export async function runProgram({
  program,
  args,
  postgres,
}: Program): Promise<SectionReport | null> {
  const path = new URL(`../${program}`, import.meta.url).pathname;
  const withServer = new URL("../../.ci/with-postgres.sh", import.meta.url).pathname;
  const command = [...(postgres ? [withServer] : []), process.execPath, path, ...args];
  const child = spawn(command[0] as string, command.slice(1), {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const [code] = (await once(child, "close")) as [number | null];
  const last = output.trim().split("\n").at(-1) ?? "";
  if (code !== 0 || !last.startsWith("{")) return null;
  return JSON.parse(last) as SectionReport;
}
