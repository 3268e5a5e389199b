import { COMPUTED, type SourceFile } from "./source.ts";

/** The layers, doors and ceilings that a set of files must keep. */
export interface Rules {
  /** Unit → the units that it may import directly; what those may import, it may import too. */
  readonly layers: Readonly<Record<string, readonly string[]>>;
  /** Files that are a unit of their own although they lie in another one's folder. */
  readonly ownUnits: Readonly<Record<string, string>>;
  /** Package (or `node:` module) → the units or files that alone may import it. */
  readonly doors: Readonly<Record<string, readonly string[]>>;
  /** Units that doors and `process.env` do not bind: programs and tests, which nothing imports. */
  readonly free: readonly string[];
  /** Units that import no package and no module of Node either. */
  readonly pure: readonly string[];
  /** File → the only file that it may be reached from, and only by `import()`; for a whole unit, its name. */
  readonly lazy: Readonly<Record<string, string>>;
  /** The only file that may read `process.env`. */
  readonly environment: string;
  /** Files that may call `import()` with a computed name. */
  readonly computedImports: readonly string[];
  /** Ceilings of code and of free units, whose tables are long. */
  readonly maxLines: { readonly code: number; readonly free: number };
  /** File above the ceiling → why it is better whole. */
  readonly longFiles: Readonly<Record<string, string>>;
}

/** The unit of a file: its folder in src, its name for a file at the top of src, else its top folder. */
export function unitOf(path: string, rules: Pick<Rules, "ownUnits">): string {
  const own = rules.ownUnits[path];
  if (own) return own;
  const [top = "", second = ""] = path.split("/");
  return top === "src" ? second.replace(/\.ts$/, "") : top;
}

/** Each broken rule in one line that names file and rule; empty if all are kept. */
export function violations(files: readonly SourceFile[], rules: Rules): string[] {
  return [
    ...unknownUnits(files, rules),
    ...files.flatMap((file) => [
      ...brokenLayers(file, rules),
      ...brokenDoors(file, rules),
      ...brokenHabits(file, rules),
    ]),
    ...staleExceptions(files, rules),
    ...cycles(files),
  ];
}

function unknownUnits(files: readonly SourceFile[], rules: Rules): string[] {
  const unknown = new Set(
    files.map(({ path }) => unitOf(path, rules)).filter((unit) => !(unit in rules.layers)),
  );
  return [...unknown].map((unit) => `${unit}: no layer is named for it`);
}

function isOwn(target: string): boolean {
  return target.endsWith(".ts");
}

/** Everything that a unit may import: what its layer names, and all below. */
function reachable(unit: string, layers: Rules["layers"], seen = new Set<string>()): Set<string> {
  for (const below of layers[unit] ?? []) {
    if (!seen.has(below)) reachable(below, layers, seen.add(below));
  }
  return seen;
}

function brokenLayers(file: SourceFile, rules: Rules): string[] {
  const unit = unitOf(file.path, rules);
  const allowed = reachable(unit, rules.layers);
  return file.imports.flatMap(({ to, kind }) => {
    if (!isOwn(to)) {
      const leaves = rules.pure.includes(unit) && !to.endsWith(".json");
      return leaves ? [`${file.path}: ${unit} imports nothing, yet imports ${to}`] : [];
    }
    const target = unitOf(to, rules);
    const onlyFrom = rules.lazy[target];
    if (onlyFrom && target !== unit && !rules.free.includes(unit)) {
      if (file.path !== onlyFrom) return [`${file.path}: only ${onlyFrom} may import ${to}`];
      if (kind === "static") return [`${file.path}: ${to} is imported with import() only`];
      return [];
    }
    const fine = target === unit || rules.free.includes(unit) || allowed.has(target);
    return fine ? [] : [`${file.path}: ${unit} may not import ${target} (${to})`];
  });
}

/** `@scope/name/deep` and `name/deep` are doors by their package; `node:` modules by their full name. */
function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  if (specifier.startsWith("node:")) return specifier;
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

function brokenDoors(file: SourceFile, rules: Rules): string[] {
  const unit = unitOf(file.path, rules);
  if (rules.free.includes(unit)) return [];
  return file.imports.flatMap(({ to }) => {
    const keepers = isOwn(to) ? undefined : rules.doors[packageOf(to)];
    if (!keepers || keepers.includes(unit) || keepers.includes(file.path)) return [];
    return [`${file.path}: ${packageOf(to)} is used only in ${keepers.join(", ")}`];
  });
}

function brokenHabits(file: SourceFile, rules: Rules): string[] {
  const { path, readsEnvironment, lines, imports } = file;
  const free = rules.free.includes(unitOf(path, rules));
  const ceiling = rules.maxLines[free ? "free" : "code"];
  const computed = imports.some(({ to }) => to === COMPUTED);
  return [
    ...(readsEnvironment && !free && path !== rules.environment
      ? [`${path}: only ${rules.environment} reads process.env`]
      : []),
    ...(computed && !free && !rules.computedImports.includes(path)
      ? [`${path}: an import() whose target cannot be read here`]
      : []),
    ...(lines > ceiling && !(path in rules.longFiles)
      ? [`${path}: ${lines} lines, the ceiling is ${ceiling}`]
      : []),
  ];
}

/** An exception that nothing needs any more would hide the next fault. */
function staleExceptions(files: readonly SourceFile[], rules: Rules): string[] {
  const lines = new Map(files.map((file) => [file.path, file.lines]));
  return Object.keys(rules.longFiles)
    .filter((path) => (lines.get(path) ?? 0) <= rules.maxLines.code)
    .map((path) => `${path}: is named as a long file but is none`);
}

/** One line for each circle of imports, types included; files that import themselves count. */
function cycles(files: readonly SourceFile[]): string[] {
  const graph = new Map(
    files.map((file) => [file.path, file.imports.map(({ to }) => to).filter(isOwn)]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push(`circle: ${[...trail.slice(start), path].join(" → ")}`);
    if (start >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}
