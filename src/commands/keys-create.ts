import { UsageError } from "../domain/usage-error.ts";
import { type ApiKeyProblem, createKey } from "../store/api-keys.ts";
import type { KeyRole } from "../store/schema.ts";
import type { CommandContext, DatabaseCommand } from "./command.ts";

/** Makes a key and prints it on stdout, once; it is stored hashed. */
export const keysCreateCommand: DatabaseCommand = async ({ db, args, actor, output }) => {
  const given = readArguments(args);
  const made = await createKey({ db, actor: { keyId: null, name: actor } }, given);
  if (!made.ok) throw new UsageError(explain(made.problem, given));
  const { key, record } = made.value;
  const limit = record.agency ?? (record.province === null ? null : `province ${record.province}`);
  output.err(`Key ${record.id}, role ${record.role}${limit === null ? "" : `, only ${limit}`}.`);
  output.err("It is shown only now; keep it safe.");
  output.out(key);
  return 0;
};

function readArguments(args: CommandContext["args"]) {
  const text = (name: string) => (typeof args[name] === "string" ? args[name] : null);
  return {
    role: text("role") as KeyRole,
    label: text("label") ?? "made on the command line",
    agency: text("agency"),
    province: text("province"),
  };
}

function explain(problem: ApiKeyProblem, given: ReturnType<typeof readArguments>): string {
  switch (problem.kind) {
    case "unknown_agency":
      return `There is no agency "${given.agency}". Its id is in /api/v1/agencies, e.g. province-01.`;
    case "unknown_province":
      return `There is no province "${given.province}". Its two-digit code is in /api/v1/provinces, e.g. 01.`;
    case "two_limits":
      return "A key is limited to an agency or to a province, not to both.";
    case "not_found":
      throw new Error("A new key cannot be missing");
  }
}
