import { readdir, readFile } from "node:fs/promises";

/** The languages that each runbook is written in. */
export interface Runbook {
  /** Name of the alert. */
  readonly alert: string;
  /** Markdown, without the heading that names the language. */
  readonly vi: string;
  readonly en: string;
}

/** What to do about each alert, as it stands in docs/runbooks/. */
export interface Runbooks {
  /** Names of the alerts that have one, in alphabetical order. */
  readonly alerts: () => Promise<readonly string[]>;
  /** The runbook of an alert; null where there is none. */
  readonly of: (alert: string) => Promise<Runbook | null>;
}

const FOLDER = new URL("../../docs/runbooks/", import.meta.url);

/** Names of alerts; nothing else is looked for on disk. */
const ALERT = /^[A-Z][A-Za-z0-9]{0,59}$/;

/** The runbooks of a folder, read whenever they are asked for: they are few, and mended while an outage lasts. */
export function createRunbooks(folder: URL = FOLDER): Runbooks {
  return {
    async alerts() {
      const names = (await readdir(folder).catch(unlessAbsent)) ?? [];
      return names
        .filter((name) => name.endsWith(".md"))
        .map((name) => name.slice(0, -".md".length))
        .filter((name) => ALERT.test(name))
        .toSorted();
    },
    async of(alert) {
      if (!ALERT.test(alert)) return null;
      const text = await readFile(new URL(`${alert}.md`, folder), "utf8").catch(unlessAbsent);
      return text === null ? null : { alert, ...inLanguages(text) };
    },
  };
}

function unlessAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}

/** Cuts a file at its two headings of languages; a language without one is empty. */
function inLanguages(text: string): Pick<Runbook, "vi" | "en"> {
  const parts = text.split(/^## (?=English$|Tiếng Việt$)/mu);
  const after = (heading: string) =>
    parts
      .find((part) => part.startsWith(`${heading}\n`))
      ?.slice(heading.length)
      .trim() ?? "";
  return { vi: after("Tiếng Việt"), en: after("English") };
}
