/** Bytes of an upload: several times what 200,000 rows take as XLSX or CSV. */
export const MAX_UPLOAD_BYTES = 64 * 1024 * 1024;

/** Bytes that all parts of an archive may inflate to: 1,048,576 rows of a report come to about 400 MiB of XML. */
export const MAX_INFLATED_BYTES = 512 * 1024 * 1024;

/** How much a part may grow when inflated, once it is above `RATIO_FROM_BYTES`: sheets of equal rows come to 60 or so. */
export const MAX_INFLATE_RATIO = 200;
export const RATIO_FROM_BYTES = 8 * 1024 * 1024;

/** Files in an archive; a workbook with 100 sheets and their pictures has some 400. */
export const MAX_ARCHIVE_ENTRIES = 2000;

/** Bytes of a part that is read whole before the rows: sheet list, relations, styles. */
export const MAX_SMALL_PART_BYTES = 4 * 1024 * 1024;

/** The table of texts of an XLSX is kept in memory: its XML and the number of texts. */
export const MAX_SHARED_TEXT_BYTES = 64 * 1024 * 1024;
export const MAX_SHARED_TEXTS = 1_048_576;

/** Sheets of a file: the old system had at most 30 districts in a province. */
export const MAX_SHEETS = 100;

/** Excel's own limits: rows, columns, characters of a cell. */
export const MAX_ROWS = 1_048_576;
export const FORMAT_COLUMNS = 16_384;
export const MAX_CELL_CHARACTERS = 32_767;

/** Columns with something in them: reports have under a hundred. */
export const MAX_FILLED_COLUMNS = 1024;

/** Merged ranges of a sheet that are kept. */
export const MAX_MERGES = 100_000;

/** Characters of a tag in XML, attributes included. */
export const MAX_TAG_CHARACTERS = 65_536;

/** How deep XML may be nested; spreadsheets come to 12. */
export const MAX_XML_DEPTH = 64;

/** Bytes of one record of a text file: 1,024 cells of 2,000 characters. */
export const MAX_RECORD_BYTES = 2 * 1024 * 1024;
