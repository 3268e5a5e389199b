import { both, type CheckTexts, mend, says } from "../text.ts";

const OPEN_443 = both(
  "Đề nghị kiểm tra tại địa chỉ được nêu: máy chủ web lắng nghe trên cổng 443 của địa chỉ này (nginx: “listen [::]:443 ssl;”; IIS: binding https), tường lửa và thiết bị cân bằng tải cho phép 443/TCP với đúng loại địa chỉ (quy tắc IPv6 thường phải khai báo riêng), và định tuyến tới địa chỉ này hoạt động. Địa chỉ không còn dùng thì xóa khỏi DNS.",
  "Check at the named address: the web server listens on port 443 of this address (nginx: “listen [::]:443 ssl;”; IIS: an https binding), firewall and load balancer let 443/TCP through for this kind of address (IPv6 rules usually are separate), and the address is routed. Remove addresses no longer in use from the DNS.",
);

/** Texts of W1. */
export const W1: CheckTexts<"W1"> = {
  title: both("Kết nối TCP", "TCP connections"),
  about: both(
    "Mọi địa chỉ của cổng chấp nhận kết nối TCP tại cổng 443; khác biệt ở cổng 80 chỉ là lưu ý.",
    "Every address of the portal accepts TCP on port 443; differences on port 80 are worth a note only.",
  ),
  reasons: {
    all_open: says(
      "Mọi địa chỉ chấp nhận kết nối tại cổng 443.",
      "Every address accepts connections on port 443.",
    ),
    port_80_differs: mend(
      both(
        "Cổng 443 mở ở mọi địa chỉ; cổng 80 mở ở loại địa chỉ kia nhưng đóng ở loại này. Không làm giảm mức.",
        "Port 443 is open everywhere; port 80 is open over the other family but closed over this one. It lowers nothing.",
      ),
      both(
        "Đề nghị mở cổng 80 như nhau cho IPv4 và IPv6 (chỉ để chuyển hướng sang HTTPS), hoặc đóng ở cả hai.",
        "Treat port 80 alike for IPv4 and IPv6: open (only to redirect to HTTPS) or closed over both.",
      ),
    ),
    some_closed: mend(
      both(
        "Một số địa chỉ không chấp nhận kết nối tại cổng 443: một phần người dùng phải chờ hoặc không vào được.",
        "Some addresses do not accept connections on port 443: part of the visitors wait or fail.",
      ),
      OPEN_443,
    ),
    some_closed_rest_unseen: mend(
      both(
        "Có địa chỉ không chấp nhận kết nối tại cổng 443; các địa chỉ còn lại chưa kiểm tra được.",
        "There are addresses that do not accept connections on port 443; the others could not be tested.",
      ),
      OPEN_443,
    ),
    none_open: mend(
      both(
        "Không địa chỉ nào chấp nhận kết nối tại cổng 443 hay cổng 80.",
        "No address accepts connections on port 443 or on port 80.",
      ),
      OPEN_443,
    ),
    only_port_80: mend(
      both(
        "Không địa chỉ nào chấp nhận kết nối tại cổng 443; chỉ có cổng 80 (HTTP không mã hóa).",
        "No address accepts connections on port 443; there is port 80 (unencrypted HTTP) only.",
      ),
      OPEN_443,
    ),
    port_443_closed: mend(
      both(
        "Không địa chỉ nào chấp nhận kết nối tại cổng 443; chưa kiểm tra hết được cổng 80.",
        "No address accepts connections on port 443; port 80 could not be tested everywhere.",
      ),
      OPEN_443,
    ),
    partly_seen: says(
      "Chưa xác định: có địa chỉ mở cổng 443, nhưng chưa kiểm tra được mọi địa chỉ.",
      "Not known: port 443 is open at some address, but not every address could be tested.",
    ),
  },
};
