import { accessSync, constants, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (name: string) => readFileSync(`${root}${name}`, "utf8");

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(read("package.json")) as {
  readonly engines: Record<string, string>;
  readonly bin: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly allowScripts: Record<string, boolean>;
};
const { packages } = JSON.parse(read("package-lock.json")) as {
  readonly packages: Record<string, Locked>;
};
const pin = read(".node-version").trim();

describe("the runtime", () => {
  test("is the pinned one, whichever Node started npm", () => {
    expect(process.version).toBe(`v${pin}`);
  });

  test("is pinned to one version in all places that name it", () => {
    expect(manifest.devDependencies.node).toBe(pin);
    expect(packages["node_modules/node"]?.version).toBe(pin);
    expect(manifest.devDependencies["@types/node"]?.split(".")[0]).toBe(pin.split(".")[0]);
  });

  test("is installed from Node 20 on", () => {
    expect(manifest.engines.node).toBe(">=20");
  });

  test("the command can be run as a program", () => {
    const program = manifest.bin.hatangso ?? "";
    expect(read(program)).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(() => accessSync(`${root}${program}`, constants.X_OK)).not.toThrow();
  });
});

describe("the dependencies", () => {
  test("have exact versions", () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test("install without running a script, but for the one that fetches the runtime", () => {
    const withScripts = Object.entries(packages).filter(([, locked]) => locked.hasInstallScript);
    expect(withScripts.map(([path]) => path)).toEqual(["node_modules/node"]);
    expect(manifest.allowScripts).toEqual({ node: true });
  });

  test("the lockfile names no registry: whoever installs uses their own", () => {
    const resolved = Object.entries(packages).filter(([, { resolved: url }]) => url !== undefined);
    expect(resolved).toEqual([]);
    expect(read("package-lock.json")).not.toMatch(/https?:\/\/[^"]*\.tgz/);
    expect(read(".npmrc")).toContain("omit-lockfile-registry-resolved=true");
    expect(read(".npmrc")).not.toContain("registry=");
  });

  test("the lockfile is of this package.json", () => {
    expect(packages[""]?.dependencies).toEqual(manifest.dependencies);
    expect(packages[""]?.devDependencies).toEqual(manifest.devDependencies);
  });

  test("the lockfile holds the optional packages of every platform, else npm ci refuses it", () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) =>
          !(`node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages),
      ),
    );
    expect(missing).toEqual([]);
  });
});
