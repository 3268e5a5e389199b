/** Name of the sheet of a province's template that explains it; an import passes it over. */
export const INSTRUCTION_SHEET = "Hướng dẫn";

/** Name of the first sheet of an annotated copy; an import passes it over, so that a corrected copy can be sent. */
export const SUMMARY_SHEET = "Tóm tắt - Summary";

/** Header of the column that an annotated copy adds; an import passes it over. */
export const FAULTS_HEADER = "Lỗi / Faults";

/** The sheets that an import passes over. */
export const SHEETS_WITHOUT_FIGURES: readonly string[] = [INSTRUCTION_SHEET, SUMMARY_SHEET];

/** Header of the first column of an annotated copy that holds the faulty rows alone; an import passes it over. */
export const ROW_HEADER = "Dòng / Row";
