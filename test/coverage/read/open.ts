import { assert } from "vitest";
import type { RawRow, ReadFile } from "../../../src/coverage/contract.ts";
import type { ImportFault } from "../../../src/domain/coverage/import-fault.ts";
import { openTable } from "../../../src/coverage/read/index.ts";

/** What a file is read as; it must be readable. */
export async function opened(name: string, bytes: Uint8Array | string): Promise<ReadFile> {
  const result = await openTable({ name, bytes: Buffer.from(bytes) });
  assert(result.ok, `refused: ${JSON.stringify(result)}`);
  return result.value;
}

/** Rule and code of the fault that a file is refused for; it must be refused. */
export async function refusal(name: string, bytes: Uint8Array | string): Promise<string> {
  return codeOf(await refusalFault(name, bytes));
}

/** The fault that a file is refused for; it must be refused, and as a whole. */
export async function refusalFault(name: string, bytes: Uint8Array | string): Promise<ImportFault> {
  const result = await openTable({ name, bytes: Buffer.from(bytes) });
  assert(!result.ok, "it was taken");
  const fault = result.problem.find(({ severity }) => severity === "reject_file");
  assert(fault, "no fault refuses it");
  return fault;
}

/** `V15.mojibake` */
export function codeOf({ rule, detail }: ImportFault): string {
  return `${rule}.${detail.code}`;
}

/** The rows of the sheet with this index. */
export async function rowsOf(file: ReadFile, sheet = 0): Promise<RawRow[]> {
  const found = file.sheets[sheet];
  assert(found, `no sheet ${sheet}`);
  return allOf(found.rows());
}

async function allOf<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  return all;
}
