import { type Day, DAY_MS, startOfDay } from "../../domain/calendar.ts";
import type { DutyRow } from "./progress.ts";

/** What a reminder is about. */
export interface Reminder {
  readonly asOf: Day;
  readonly dueOn: Day;
  readonly today: Day;
  readonly duty: DutyRow;
  /** What the round says beside its days. */
  readonly note: string | null;
  /** Whether everything on show is made up. */
  readonly madeUp: boolean;
  /** Name of the spreadsheet that goes with it; null: none does. */
  readonly attached: string | null;
}

/** A reminder as mail: a subject of one line and plain text. */
export interface ReminderText {
  readonly subject: string;
  readonly text: string;
}

const WORDS = {
  vi: {
    day: (day: Day) => day.split("-").toReversed().join("/"),
    subject: (province: string, asOf: string) => `Số liệu vùng phủ kỳ ${asOf}: ${province}`,
    soon: (due: string, days: number) => `Hạn gửi là ngày ${due}, còn ${days} ngày.`,
    today: (due: string) => `Hạn gửi là hôm nay, ngày ${due}.`,
    late: (due: string, days: number) => `Đã quá hạn ${days} ngày (hạn gửi: ngày ${due}).`,
    nothing: (expected: number) => `Chưa nhận được số liệu của xã nào trong ${expected} xã.`,
    some: (received: number, expected: number) =>
      `Đã nhận số liệu của ${received} trong ${expected} xã; số còn lại chưa có.`,
    held: (held: number) =>
      `Số liệu của ${held} xã đã gửi đang chờ xem xét, tỉnh không cần gửi lại.`,
    attached: (name: string) =>
      `Biểu mẫu của tỉnh ở tệp đính kèm ${name}. Điền vào các cột còn trống rồi gửi lại qua trang nhập số liệu hoặc API bằng khoá của tỉnh.`,
    made: "Số liệu minh hoạ, không phải số liệu thật.",
    automatic: "Thư này được gửi tự động và dừng khi đã nhận đủ số liệu.",
  },
  en: {
    day: (day: Day) => day,
    subject: (province: string, asOf: string) => `Coverage figures as of ${asOf}: ${province}`,
    soon: (due: string, days: number) => `They are due on ${due}, in ${days} days.`,
    today: (due: string) => `They are due today, ${due}.`,
    late: (due: string, days: number) => `They are ${days} days late (due on ${due}).`,
    nothing: (expected: number) => `None of ${expected} communes has figures yet.`,
    some: (received: number, expected: number) =>
      `${received} of ${expected} communes have their figures; the others are missing.`,
    held: (held: number) =>
      `What was sent for ${held} communes waits for review and need not be sent again.`,
    attached: (name: string) =>
      `The spreadsheet of the province is attached (${name}). Fill in its empty columns and send it back through the import page or the API, with the key of the province.`,
    made: "Made-up data, for demonstration only.",
    automatic: "This message was sent automatically; it stops when all figures are there.",
  },
} as const;

/** What a province that owes figures is told. */
export function reminderText(reminder: Reminder, lang: "vi" | "en"): ReminderText {
  const words = WORDS[lang];
  const { duty, dueOn, today, asOf, note, attached, madeUp } = reminder;
  const { expected, received, held, province } = duty;
  const days = Math.round((startOfDay(dueOn) - startOfDay(today)) / DAY_MS);
  const due = words.day(dueOn);
  const when =
    days > 0 ? words.soon(due, days) : days === 0 ? words.today(due) : words.late(due, -days);
  const subject = words.subject(province.name_vi, words.day(asOf));
  const sections = [
    [subject, ...(madeUp ? [words.made] : [])],
    [
      when,
      received === 0 ? words.nothing(expected) : words.some(received, expected),
      ...(held > 0 ? [words.held(held)] : []),
    ],
    ...(note === null ? [] : [[note]]),
    ...(attached === null ? [] : [[words.attached(attached)]]),
    [words.automatic],
  ];
  return { subject, text: `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n` };
}
