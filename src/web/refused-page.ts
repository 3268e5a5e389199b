import { html } from "hono/html";
import type { Lang } from "./lang.ts";
import { type Html, layout } from "./layout.ts";

const WORDS = {
  vi: {
    400: [
      "Yêu cầu không hợp lệ",
      "Trang không hiểu được những gì gửi đến. Hãy quay lại và kiểm tra.",
    ],
    403: [
      "Không được phép",
      "Khoá của bạn không có quyền làm việc này, hoặc biểu mẫu được gửi từ trang của nơi khác.",
    ],
    404: [
      "Không có trang này",
      "Địa chỉ trỏ tới nội dung không tồn tại, hoặc khoá của bạn không được xem.",
    ],
    409: [
      "Không thực hiện được",
      "Tình trạng đã thay đổi. Hãy quay lại, tải lại trang rồi xem tiếp.",
    ],
    413: [
      "Tệp quá lớn",
      "Tệp lớn hơn giới hạn 64 MiB. Hãy tách thành nhiều tệp, mỗi tệp một phần số liệu; chưa có gì được lưu.",
    ],
    503: [
      "Dịch vụ đang bận",
      "Đang nhập các tệp khác hoặc cơ sở dữ liệu tạm thời không truy cập được. Hãy thử lại sau ít phút; chưa có gì được lưu.",
    ],
    other: ["Không thực hiện được", "Yêu cầu bị từ chối; chưa có gì được lưu."],
    details: "Chi tiết",
    back: "Quay lại",
  },
  en: {
    400: [
      "This can't be understood",
      "The page did not understand what it was sent. Go back and check it.",
    ],
    403: [
      "Not allowed",
      "Your key does not allow this, or the form was sent from another site's page.",
    ],
    404: [
      "There is no such page",
      "The address leads to something that is not there, or that your key may not see.",
    ],
    409: [
      "This can't be done now",
      "Something changed meanwhile. Go back, load the page again and look.",
    ],
    413: [
      "The file is too large",
      "The file is above the limit. Make it several files, each with some of the figures; nothing was stored.",
    ],
    503: [
      "Busy",
      "Other files are being imported, or the database can't be reached. Try again in a moment; nothing was stored.",
    ],
    other: ["This can't be done", "The request was refused; nothing was stored."],
    details: "Details",
    back: "Go back",
  },
} as const;

/** A page that says in plain words why something was refused; the details are as programs get them, in English. */
export function refusedPage(page: {
  readonly lang: Lang;
  readonly status: number;
  readonly details: readonly string[];
  readonly back: string;
}): Html {
  const { lang, status, details, back } = page;
  const words = WORDS[lang];
  const [title, why] = isKnown(status) ? words[status] : words.other;
  return layout({
    lang,
    title,
    styles: { files: ["style.css", "compliance.css", "coverage-work.css"] },
    body: html`<main class="notice">
      <h1>${title}</h1>
      <p>${why}</p>
      <details lang="en">
        <summary lang="${lang}">${words.details}</summary>
        <ul>
          ${details.map((detail) => html`<li>${detail}</li>`)}
        </ul>
      </details>
      <p><a href="${back}">${words.back}</a></p>
    </main>`,
  });
}

function isKnown(status: number): status is 400 | 403 | 404 | 409 | 413 | 503 {
  return [400, 403, 404, 409, 413, 503].includes(status);
}
