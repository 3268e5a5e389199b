import { crc32, deflateRawSync } from "node:zlib";

/** A file of a made archive; what the headers claim may be a lie. */
export interface MadeEntry {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly stored?: boolean;
  readonly claimedSize?: number;
  readonly flags?: number;
  /** Points to the data of the entry of this index instead of its own. */
  readonly over?: number;
}

/** A ZIP with these files, written by hand so that it can be wrong. */
export function makeZip(entries: readonly MadeEntry[]): Uint8Array {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (const [index, entry] of entries.entries()) {
    const content = Buffer.from(entry.content);
    const packed = entry.stored ? content : deflateRawSync(content);
    const name = Buffer.from(entry.name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(entry.flags ?? 0, 2);
    fields.writeUInt16LE(entry.stored ? 0 : 8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(entry.claimedSize ?? content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    offsets[index] = entry.over === undefined ? at : (offsets[entry.over] ?? 0);
    const header = Buffer.concat([Buffer.from("PK\u0003\u0004"), fields, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offsets[index], 10);
    central.push(
      Buffer.concat([Buffer.from("PK\u0001\u0002"), Buffer.from([20, 0]), fields, tail, name]),
    );
    if (entry.over === undefined) {
      local.push(header);
      at += header.length;
    }
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}

/** A worksheet of a made workbook. */
export interface MadeSheet {
  readonly name: string;
  /** What stands in `<worksheet>`. */
  readonly xml: string;
  readonly state?: "hidden" | "veryHidden";
}

/** Parts of a workbook beside its sheets. */
export interface MadeBook {
  readonly sheets: readonly MadeSheet[];
  /** Rich and plain texts: what stands in `<sst>`. */
  readonly texts?: string;
  /** What stands in `<styleSheet>`. */
  readonly styles?: string;
  readonly date1904?: boolean;
  readonly more?: readonly MadeEntry[];
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";

/** The parts of an XLSX with these sheets, as Excel would name them. */
export function bookParts(book: MadeBook): MadeEntry[] {
  const { sheets, texts, styles, date1904 = false, more = [] } = book;
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${KINDS}/${kind}" Target="${target}"/>`;
  const relations = (all: readonly string[]) =>
    `<Relationships xmlns="${RELATIONS}">${all.join("")}</Relationships>`;
  const listed = sheets.map(
    ({ name, state }, at) =>
      `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"${state ? ` state="${state}"` : ""}/>`,
  );
  return [
    { name: "[Content_Types].xml", content: "<Types/>" },
    {
      name: "_rels/.rels",
      content: relations([relation("rId1", "officeDocument", "xl/workbook.xml")]),
    },
    {
      name: "xl/workbook.xml",
      content: `<?xml version="1.0" encoding="UTF-8"?><workbook ${MAIN} xmlns:r="${KINDS}"><workbookPr date1904="${date1904}"/><sheets>${listed.join("")}</sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: relations([
        ...sheets.map((_, at) =>
          relation(`rId${at + 1}`, "worksheet", `worksheets/sheet${at + 1}.xml`),
        ),
        ...(texts === undefined ? [] : [relation("rIdT", "sharedStrings", "sharedStrings.xml")]),
        ...(styles === undefined ? [] : [relation("rIdS", "styles", "/xl/styles.xml")]),
      ]),
    },
    ...(texts === undefined
      ? []
      : [{ name: "xl/sharedStrings.xml", content: `<sst ${MAIN}>${texts}</sst>` }]),
    ...(styles === undefined
      ? []
      : [{ name: "xl/styles.xml", content: `<styleSheet ${MAIN}>${styles}</styleSheet>` }]),
    ...sheets.map(({ xml }, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      content: `<worksheet ${MAIN}>${xml}</worksheet>`,
    })),
    ...more,
  ];
}

/** An XLSX with these sheets. */
export function makeBook(book: MadeBook): Uint8Array {
  return makeZip(bookParts(book));
}
