/**
 * Reads a Dockerfile as far as this project uses the format, for the test of its properties and for
 * docker-steps.sh, which takes the same steps where there is no Docker engine.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** One instruction: `--name=value` words as flags, the rest as written. */
export interface Instruction {
  readonly name: string;
  readonly flags: Readonly<Record<string, string>>;
  readonly text: string;
}

/** One build stage, from its FROM on; `image` and `alias` are that line's words. */
export interface Stage {
  readonly image: string;
  readonly alias: string | null;
  readonly instructions: readonly Instruction[];
}

/** The stages in order; throws on an instruction before the first FROM. */
export function parseDockerfile(source: string): Stage[] {
  const lines = source
    .split("\n")
    .filter((line) => !/^\s*#/.test(line))
    .join("\n")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const line of lines) {
    const instruction = parseInstruction(line);
    if (instruction.name === "FROM") {
      const [image = "", , alias = null] = instruction.text.split(/\s+/);
      stages.push({ image, alias, instructions: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (!stage) throw new Error(`Dockerfile: ${instruction.name} before FROM`);
    stage.instructions.push(instruction);
  }
  return stages;
}

function parseInstruction(line: string): Instruction {
  const [, name = "", rest = ""] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
  const flags: Record<string, string> = {};
  let text = rest;
  for (let flag; (flag = /^--([a-z-]+)=(\S+)\s+/.exec(text)); text = text.slice(flag[0].length)) {
    flags[flag[1] ?? ""] = flag[2] ?? "";
  }
  return { name: name.toUpperCase(), flags, text };
}

/** The texts of all instructions of this name in a stage. */
export function textsOf(stage: Stage, name: string): string[] {
  return stage.instructions.filter((one) => one.name === name).map(({ text }) => text);
}

/** The variables that a stage's ENV lines set. */
export function environmentOf(stage: Stage): Record<string, string> {
  const pairs = textsOf(stage, "ENV").flatMap((text) => text.split(/\s+/));
  return Object.fromEntries(pairs.map((pair) => pair.split("=", 2) as [string, string]));
}

/** The words of an exec form (`["node", "x"]`), after CMD where it is a HEALTHCHECK's; throws on a shell form. */
export function execForm(text: string | undefined): string[] {
  const words: unknown = JSON.parse((text ?? "").replace(/^CMD\s+/, ""));
  if (Array.isArray(words) && words.every((word) => typeof word === "string")) return words;
  throw new Error(`Dockerfile: not in exec form: ${text}`);
}

/** Words that a shell can read back whatever is in them: each ends with NUL. */
function words(list: readonly string[]): string {
  return list.map((word) => `${word}\0`).join("");
}

/** What a shell script asks of the Dockerfile, a line or a NUL-ended word each. */
function answer(stages: readonly Stage[], question: string | undefined): string {
  const last = stages.at(-1);
  const first = stages.at(0);
  if (!last || !first) throw new Error("Dockerfile: no stage");
  switch (question) {
    case "install":
      return textsOf(first, "RUN").join(" && ");
    case "install-files":
      return words(textsOf(first, "COPY").flatMap((text) => text.split(/\s+/).slice(0, -1)));
    case "files":
      return words(
        last.instructions
          .filter(({ name, flags }) => name === "COPY" && !flags.from)
          .flatMap(({ text }) => text.split(/\s+/).slice(0, -1)),
      );
    case "environment":
      return words(Object.entries(environmentOf(last)).map(([name, value]) => `${name}=${value}`));
    case "start":
      return words([
        ...execForm(textsOf(last, "ENTRYPOINT")[0]),
        ...execForm(textsOf(last, "CMD")[0]),
      ]);
    case "health":
      return words(execForm(textsOf(last, "HEALTHCHECK")[0]));
    default:
      throw new Error("usage: dockerfile.ts install|install-files|files|environment|start|health");
  }
}

if (import.meta.main) {
  const source = await readFile(fileURLToPath(new URL("../Dockerfile", import.meta.url)), "utf8");
  process.stdout.write(answer(parseDockerfile(source), process.argv[2]));
}
