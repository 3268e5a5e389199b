import { type Archive, readSmall } from "../zip.ts";
import { MAX_SHEETS, MAX_SMALL_PART_BYTES } from "../limits.ts";
import { unsafe } from "../refusal.ts";
import { attribute, readXml } from "../xml.ts";

/** A worksheet as the workbook lists it. */
export interface ListedSheet {
  readonly name: string;
  /** Hidden, or hidden so that Excel does not offer to show it. */
  readonly hidden: boolean;
  /** Path of its part. */
  readonly part: string;
}

/** What the workbook says of its sheets. */
export interface Workbook {
  readonly sheets: readonly ListedSheet[];
  /** Serial dates count from 1904. */
  readonly from1904: boolean;
  readonly sharedTexts: string | null;
  readonly styles: string | null;
}

interface Relation {
  readonly kind: string;
  readonly target: string;
  readonly outside: boolean;
}

/** The workbook part of the archive, found by its relations (ECMA-376 part 2, 9.3); null: it has none. */
export async function openWorkbook(archive: Archive): Promise<Workbook | null> {
  const root = await relations(archive, "");
  const path = [...root.values()].find(({ kind }) => kind === "officeDocument")?.target;
  if (path === undefined || !path.endsWith(".xml")) return null;
  const related = await relations(archive, path);
  const listed = await listSheets(archive, path);
  const one = (kind: string) =>
    [...related.values()].find((relation) => relation.kind === kind)?.target ?? null;
  const sheets = listed.sheets.flatMap(({ id, name, hidden }) => {
    const relation = related.get(id);
    return relation?.kind === "worksheet" ? [{ name, hidden, part: relation.target }] : [];
  });
  if (sheets.length > MAX_SHEETS) {
    throw unsafe("too_many_sheets", { sheets: sheets.length, limit: MAX_SHEETS });
  }
  return {
    sheets,
    from1904: listed.from1904,
    sharedTexts: one("sharedStrings"),
    styles: one("styles"),
  };
}

async function relations(archive: Archive, part: string): Promise<ReadonlyMap<string, Relation>> {
  const folder = part.slice(0, part.lastIndexOf("/") + 1);
  const name = `${folder}_rels/${part.slice(folder.length)}.rels`;
  const found = new Map<string, Relation>();
  await readPart(archive, name, (tag, attributes) => {
    if (tag !== "Relationship") return;
    const target = attribute(attributes, "Target") ?? "";
    found.set(attribute(attributes, "Id") ?? "", {
      kind: (attribute(attributes, "Type") ?? "").split("/").at(-1) ?? "",
      target: resolve(folder, target),
      outside: attribute(attributes, "TargetMode") === "External",
    });
  });
  return found;
}

async function listSheets(archive: Archive, path: string) {
  const sheets: { id: string; name: string; hidden: boolean }[] = [];
  let from1904 = false;
  await readPart(archive, path, (tag, attributes) => {
    if (tag === "workbookPr") {
      from1904 = ["1", "true"].includes(attribute(attributes, "date1904") ?? "");
    }
    if (tag !== "sheet") return;
    sheets.push({
      id: attribute(attributes, "id") ?? "",
      name: attribute(attributes, "name") ?? "",
      hidden: (attribute(attributes, "state") ?? "visible") !== "visible",
    });
  });
  return { sheets, from1904 };
}

async function readPart(
  archive: Archive,
  name: string,
  open: (tag: string, attributes: string) => void,
): Promise<void> {
  const bytes = await readSmall(archive, name, MAX_SMALL_PART_BYTES);
  if (bytes) await readXml(once(bytes), name, { open, close: () => {}, text: () => {} });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function resolve(folder: string, target: string): string {
  if (target.startsWith("/")) return target.slice(1);
  const parts = folder.split("/").filter((part) => part !== "");
  for (const part of target.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
