import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { type DynamicImport, parseSync, Visitor } from "oxc-parser";

/** How a file reaches another: by an import or re-export, by `import()`, or as the entry of a worker thread. */
type ImportKind = "static" | "type" | "dynamic" | "thread";

/** One edge of the graph: `to` is a path from the root for the project's own files, else a package or `node:` module. */
interface Import {
  readonly kind: ImportKind;
  readonly to: string;
}

/** What the rules need to know of one file. */
export interface SourceFile {
  /** From the root of the project, with forward slashes. */
  readonly path: string;
  readonly imports: readonly Import[];
  readonly readsEnvironment: boolean;
  readonly lines: number;
}

/** Stands for the target of an `import()` whose argument is not a plain string. */
export const COMPUTED = "(computed)";

/** Reads one file's text; throws if it does not parse. */
export function parseSource(path: string, text: string): SourceFile {
  const { module, program, errors } = parseSync(path, text);
  const [error] = errors;
  if (error) throw new Error(`${path} does not parse: ${error.message}`);
  const found: Import[] = [
    ...module.staticImports.map(({ moduleRequest, entries }) =>
      edge(path, isTypeOnly(entries) ? "type" : "static", moduleRequest.value),
    ),
    ...module.staticExports
      .flatMap(({ entries }) => entries)
      .flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [edge(path, isType ? "type" : "static", moduleRequest.value)] : [],
      ),
    ...module.dynamicImports.map((request) => edge(path, "dynamic", literal(text, request))),
  ];
  let readsEnvironment = false;
  new Visitor({
    MemberExpression({ object, property }) {
      if (object.type !== "Identifier" || object.name !== "process") return;
      if (property.type === "Identifier" && property.name === "env") readsEnvironment = true;
    },
    NewExpression({ callee, arguments: [first, second] }) {
      if (callee.type !== "Identifier" || callee.name !== "URL") return;
      if (first?.type !== "Literal" || typeof first.value !== "string") return;
      const relative = second && text.slice(second.start, second.end) === "import.meta.url";
      if (relative && first.value.endsWith(".ts")) {
        found.push(edge(path, "thread", first.value.replace(/^(?!\.)/, "./")));
      }
    },
  }).visit(program);
  return { path, imports: found, readsEnvironment, lines: text.trimEnd().split("\n").length };
}

/** `import type …`, or every name of the braces marked `type`; an import for its effects is none. */
function isTypeOnly(entries: readonly { isType: boolean }[]): boolean {
  return entries.length > 0 && entries.every(({ isType }) => isType);
}

function literal(text: string, { moduleRequest }: DynamicImport): string {
  const argument = text.slice(moduleRequest.start, moduleRequest.end);
  return /^(["'`])([^"'`$]+)\1$/.exec(argument)?.[2] ?? COMPUTED;
}

function edge(from: string, kind: ImportKind, specifier: string): Import {
  const own = specifier.startsWith(".");
  return { kind, to: own ? posix.join(posix.dirname(from), specifier) : specifier };
}

/** All TypeScript files below these folders of the project (or the files themselves), sorted by path. */
export async function readSources(root: string, places: readonly string[]): Promise<SourceFile[]> {
  const paths = await Promise.all(places.map((place) => typescriptFiles(root, place)));
  return Promise.all(
    paths
      .flat()
      .toSorted()
      .map(async (path) => parseSource(path, await readFile(join(root, path), "utf8"))),
  );
}

async function typescriptFiles(root: string, place: string): Promise<string[]> {
  if (place.endsWith(".ts")) return [place];
  // A folder that holds nothing yet is not in a clone.
  if (!existsSync(join(root, place))) return [];
  const names = await readdir(join(root, place), { recursive: true });
  return names
    .filter((name) => name.endsWith(".ts") && !name.split("/").includes("node_modules"))
    .map((name) => posix.join(place, name));
}
