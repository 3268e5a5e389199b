import { both, type CheckTexts, mend, says } from "../text.ts";

const PUBLISH = both(
  "Đề nghị đặt tệp /.well-known/security.txt với các dòng “Contact:” (đầu mối tiếp nhận cảnh báo) và “Expires:” (trong vòng một năm), theo RFC 9116.",
  "Publish /.well-known/security.txt with the lines “Contact:” (where to send warnings) and “Expires:” (within a year), as RFC 9116 says.",
);

/** Texts of S2. */
export const S2: CheckTexts<"S2"> = {
  title: both("Tệp security.txt (thông tin)", "security.txt (information)"),
  about: both(
    "Cổng công bố đầu mối tiếp nhận cảnh báo an toàn thông tin theo RFC 9116. Chỉ để biết, không ảnh hưởng tới hạng.",
    "The portal says where to send security warnings (RFC 9116). For information; never in the grade.",
  ),
  reasons: {
    present: says("Có security.txt còn hiệu lực.", "There is a security.txt that is in date."),
    expired: mend(both("Tệp security.txt đã hết hạn.", "The security.txt has expired."), PUBLISH),
    absent: mend(both("Không có security.txt.", "There is no security.txt."), PUBLISH),
    invalid: mend(
      both("Tệp security.txt không đúng định dạng.", "The security.txt is not well formed."),
      PUBLISH,
    ),
  },
};
