import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { environmentOf, execForm, parseDockerfile, textsOf } from "../../.ci/dockerfile.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (name: string) => readFileSync(`${root}${name}`, "utf8");

const stages = parseDockerfile(read("Dockerfile"));
const [dependencies, image] = stages;
if (!dependencies || !image) throw new Error("The Dockerfile has fewer than two stages");
const copied = image.instructions.filter(({ name }) => name === "COPY");
const ownFiles = copied.filter(({ flags }) => !flags.from).map(({ text }) => text.split(" ")[0]);
const major = read(".node-version").split(".")[0];

describe("the image", () => {
  test("is built in two stages on the slim image of the pinned major version", () => {
    expect(stages).toHaveLength(2);
    expect(stages.map((stage) => stage.image)).toEqual(Array(2).fill(`node:${major}-slim`));
  });

  test("has production dependencies only, from the lockfile, without running their scripts", () => {
    expect(textsOf(dependencies, "RUN")).toEqual(["npm ci --omit=dev --ignore-scripts"]);
    const modules = copied.find(({ flags }) => flags.from === dependencies.alias);
    expect(modules?.text).toBe("/app/node_modules ./node_modules");
    expect(copied.every(({ flags }) => flags.chown === undefined)).toBe(true);
  });

  test("runs as the image's unprivileged user, and nothing runs as root after that", () => {
    expect(textsOf(image, "USER")).toEqual(["node"]);
    const names = image.instructions.map(({ name }) => name);
    const user = names.indexOf("USER");
    expect(names.slice(user)).not.toContain("RUN");
    expect(names.slice(user)).not.toContain("COPY");
  });

  test("keeps its data in a volume that this user owns and DATA_DIR names", () => {
    expect(textsOf(image, "VOLUME")).toEqual([environmentOf(image).DATA_DIR]);
    expect(textsOf(image, "RUN")).toEqual(["mkdir /data && chown node:node /data"]);
    const names = image.instructions.map(({ name }) => name);
    expect(names.indexOf("RUN")).toBeLessThan(names.indexOf("VOLUME"));
  });

  test("listens on every IPv4 address of the container, on the port that it exposes", () => {
    expect(environmentOf(image)).toMatchObject({ HOST: "0.0.0.0", NODE_ENV: "production" });
    expect(textsOf(image, "EXPOSE")).toEqual([environmentOf(image).PORT]);
  });

  test("checks its health with node at /healthz, as the slim image has no curl", () => {
    const [health] = textsOf(image, "HEALTHCHECK");
    const [program, flag, script] = execForm(health);
    expect([program, flag]).toEqual(["node", "-e"]);
    expect(script).toContain("${process.env.PORT}/healthz");
  });

  test("starts the service itself, not npm, so that signals reach it", () => {
    const [entry] = textsOf(image, "ENTRYPOINT");
    const [command] = textsOf(image, "CMD");
    expect([...execForm(entry), ...execForm(command)]).toEqual(["node", "src/cli.ts", "serve"]);
  });

  test("sets no variable that could hold a secret and takes no build argument", () => {
    const names = stages.flatMap((stage) => Object.keys(environmentOf(stage)));
    expect(names.toSorted()).toEqual(["DATA_DIR", "HOST", "NODE_ENV", "PORT"]);
    expect(stages.flatMap((stage) => textsOf(stage, "ARG"))).toEqual([]);
  });

  test("copies only what exists, and no tests, tools or data", () => {
    expect(ownFiles.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
    expect(new Set(ownFiles)).toEqual(
      new Set(["docs/runbooks", "jobs", "lab", "migrations", "package.json", "seeds", "src"]),
    );
  });

  test("the builder is sent what the Dockerfile copies, nothing else", () => {
    const rules = read(".dockerignore")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    const wanted = stages
      .flatMap((stage) => stage.instructions)
      .filter(({ name, flags }) => name === "COPY" && !flags.from)
      .flatMap(({ text }) => text.split(" ").slice(0, -1));
    expect(rules[0]).toBe("*");
    expect(rules.slice(1).toSorted()).toEqual(
      [...new Set(wanted)].map((path) => `!${path}`).toSorted(),
    );
  });
});

describe("reading a Dockerfile", () => {
  test("comments and continued lines are understood, flags are kept apart", () => {
    const [stage] = parseDockerfile(
      'FROM a:1 AS b\n# note\nHEALTHCHECK --interval=1s \\\n  CMD ["x", "y"]\ncopy --from=b /p ./q\n',
    );
    expect(stage).toEqual({
      image: "a:1",
      alias: "b",
      instructions: [
        { name: "HEALTHCHECK", flags: { interval: "1s" }, text: 'CMD ["x", "y"]' },
        { name: "COPY", flags: { from: "b" }, text: "/p ./q" },
      ],
    });
    expect(execForm('CMD ["x", "y"]')).toEqual(["x", "y"]);
  });

  test("an instruction before FROM and a shell form are faults", () => {
    expect(() => parseDockerfile("RUN true")).toThrow("RUN before FROM");
    expect(() => execForm("CMD node x")).toThrow(SyntaxError);
  });
});
