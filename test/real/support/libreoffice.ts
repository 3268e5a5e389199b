import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runProgram } from "../../support/run-program.ts";

/** LibreOffice's program on Debian; the suites that use it are passed over where it is missing. */
export const SOFFICE = process.env["SOFFICE"] ?? "/usr/bin/soffice";

/** What is typed into a cell; row and column count from 0. */
export interface Typed {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** Names of LibreOffice's filters by the ending that they write. */
const FILTERS = { xlsx: "Calc MS Excel 2007 XML", ods: "calc8" } as const;

/**
 * Opens a spreadsheet in LibreOffice, types into cells of its first sheet as a person would (LibreOffice decides what
 * a text means: number, word or formula) and saves it in `folder`, which also holds the user profile that is made for
 * it. Returns the path of the saved file.
 */
export async function typeIn(
  folder: string,
  file: string,
  typed: readonly Typed[],
  ending: keyof typeof FILTERS,
): Promise<string> {
  const saved = join(folder, `filled.${ending}`);
  const lines = join(folder, "typed.txt");
  await writeFile(
    lines,
    typed.map(({ row, column, text }) => `${row}|${column}|${text}\n`).join(""),
  );
  const profile = join(folder, "profile");
  // The first start of a profile sets it up, and may end before it gets to a macro.
  await start(profile, "--terminate_after_init");
  await writeMacro(profile, basic({ file, lines, saved, filter: FILTERS[ending] }));
  const said = await start(profile, "macro:///Standard.Module1.Main");
  await access(saved).catch((cause: unknown) => {
    throw new Error(`LibreOffice saved nothing: ${said}`, { cause });
  });
  return saved;
}

async function start(profile: string, what: string): Promise<string> {
  const user = `-env:UserInstallation=${pathToFileURL(profile).href}`;
  const ran = await runProgram(SOFFICE, [user, "--headless", "--norestore", what]);
  return `exit code ${ran.code}, ${ran.stdout}${ran.stderr}`;
}

/** FormulaLocal is what the input line of a spreadsheet sets. */
function basic(paths: Readonly<Record<"file" | "lines" | "saved" | "filter", string>>): string {
  const url = (path: string) => JSON.stringify(pathToFileURL(path).href);
  return `
Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(${url(paths.file)}, "_blank", 0, hidden())
  sheet = book.Sheets.getByIndex(0)
  lines = CreateUnoService("com.sun.star.io.TextInputStream")
  lines.setInputStream(CreateUnoService("com.sun.star.ucb.SimpleFileAccess").openFileRead(${url(paths.lines)}))
  lines.setEncoding("UTF-8")
  Do While Not lines.isEOF()
    part = Split(lines.readLine(), "|")
    If UBound(part) = 2 Then sheet.getCellByPosition(CLng(part(1)), CLng(part(0))).FormulaLocal = part(2)
  Loop
  Dim asWhat(0) As New com.sun.star.beans.PropertyValue
  asWhat(0).Name = "FilterName"
  asWhat(0).Value = ${JSON.stringify(paths.filter)}
  book.storeAsURL(${url(paths.saved)}, asWhat())
  book.close(True)
  StarDesktop.terminate()
End Sub
`;
}

const DOCTYPE = (root: string, file: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ${root} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "${file}.dtd">`;

/** A user profile whose library of macros holds this one. */
async function writeMacro(profile: string, code: string): Promise<void> {
  const folder = join(profile, "user/basic/Standard");
  await mkdir(folder, { recursive: true });
  const escaped = code.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const files = {
    "../script.xlc": `${DOCTYPE("library:libraries", "libraries")}
<library:libraries xmlns:library="http://openoffice.org/2000/library">
 <library:library library:name="Standard" library:link="false"/>
</library:libraries>`,
    "script.xlb": `${DOCTYPE("library:library", "library")}
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Module1"/>
</library:library>`,
    "Module1.xba": `${DOCTYPE("script:module", "module")}
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">${escaped}</script:module>`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}
