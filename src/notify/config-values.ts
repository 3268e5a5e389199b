import { readFileSync, statSync } from "node:fs";
import { z } from "zod";
import { isMailAddress } from "../domain/mail-address.ts";
import { parseNetworks } from "../probes/address-policy.ts";

/** Where secrets come from. */
export interface SecretSources {
  /** The value of a variable of the environment; null: not set, or empty. */
  readonly variable: (name: string) => string | null;
}

/** Far more than any key, token or password has. */
const SECRET_BYTES = 16_384;

/** `{"env": "NAME"}` or `{"file": "/path"}`, read now; a literal is refused. */
export const secretFrom = (sources: SecretSources) =>
  z.unknown().transform((value, context) => {
    const read = readSecret(value, sources);
    if ("secret" in read) return read.secret;
    context.addIssue({ code: "custom", message: read.fault });
    return z.NEVER;
  });

const REFERENCE = z.union([
  z.strictObject({ env: z.string().min(1) }),
  z.strictObject({ file: z.string().min(1) }),
]);

function readSecret(
  value: unknown,
  sources: SecretSources,
): { secret: string } | { fault: string } {
  const reference = REFERENCE.safeParse(value);
  if (!reference.success) {
    return { fault: 'a secret is never written here: use {"env": "NAME"} or {"file": "/path"}' };
  }
  if ("env" in reference.data) {
    const { env } = reference.data;
    const secret = sources.variable(env);
    return secret === null ? { fault: `the variable ${env} is not set` } : { secret };
  }
  return readSecretFile(reference.data.file);
}

function readSecretFile(path: string): { secret: string } | { fault: string } {
  try {
    if (statSync(path).size > SECRET_BYTES) return { fault: `the file ${path} is too long` };
    const secret = readFileSync(path, "utf8").replace(/\r?\n$/, "");
    return secret === "" ? { fault: `the file ${path} is empty` } : { secret };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return { fault: `the file ${path} cannot be read (${String(error.code)})` };
  }
}

/** An http or https URL without user, password or fragment. */
export const webUrl = z.string().max(2000).refine(isPlainWebUrl, {
  message: "expected an http or https URL without user, password or #",
});

function isPlainWebUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  return url.username === "" && url.password === "" && url.hash === "";
}

/** The same, as it stands or as a secret: some receivers know their senders by the address alone. */
export const webUrlOrSecret = (sources: SecretSources) =>
  z.union([webUrl, secretFrom(sources).pipe(webUrl)]);

/** Names that only ever carry a secret. */
const SECRET_HEADER = /authorization|cookie|token|secret|password|api-?key/i;
/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;

/** Header or query names with plain or secret values; names that only carry secrets must have a secret one. */
export const namedValues = (sources: SecretSources) =>
  z.record(z.string().regex(TOKEN), z.unknown()).transform((given, context) => {
    const values: Record<string, string> = {};
    for (const [name, value] of Object.entries(given)) {
      const plain = typeof value === "string" && !SECRET_HEADER.test(name);
      const read = plain ? { secret: value } : readSecret(value, sources);
      if ("fault" in read || /[\r\n\0]/.test(read.secret)) {
        const message = "fault" in read ? read.fault : "a value has no line breaks";
        context.addIssue({ code: "custom", message, path: [name] });
        return z.NEVER;
      }
      values[name] = read.secret;
    }
    return values;
  });

/** Prefixes of special-purpose space that may be connected to. */
export const networks = z
  .array(z.string())
  .default([])
  .transform((prefixes, context) => {
    const parsed = parseNetworks(prefixes.join(","));
    if ("networks" in parsed) return parsed.networks;
    context.addIssue({ code: "custom", message: `${parsed.wrong} is no prefix like 10.0.0.0/8` });
    return z.NEVER;
  });

/** One plain mail address. */
export const mailAddress = z.string().refine(isMailAddress, {
  message: "expected one plain mail address",
});

/** JSON in which texts hold places to fill. */
export type Template =
  | string
  | number
  | boolean
  | null
  | readonly Template[]
  | { readonly [name: string]: Template };

/** JSON whose texts may be secrets; those under names that only carry secrets must be. */
export const template = (sources: SecretSources) =>
  z.json().transform((given, context): Template => {
    const read = readTemplate(given, "", sources);
    if ("template" in read) return read.template;
    context.addIssue({ code: "custom", message: read.fault });
    return z.NEVER;
  });

function readTemplate(
  given: Template,
  name: string,
  sources: SecretSources,
): { template: Template } | { fault: string } {
  const isObject = typeof given === "object" && given !== null;
  if ((isObject && REFERENCE.safeParse(given).success) || SECRET_HEADER.test(name)) {
    const read = readSecret(given, sources);
    return "fault" in read ? read : { template: read.secret };
  }
  if (!isObject) return { template: given };
  const filled: [string, Template][] = [];
  for (const [key, value] of Object.entries(given)) {
    const read = readTemplate(value, Array.isArray(given) ? "" : key, sources);
    if ("fault" in read) return read;
    filled.push([key, read.template]);
  }
  const values = filled.map(([, value]) => value);
  return { template: Array.isArray(given) ? values : Object.fromEntries(filled) };
}
