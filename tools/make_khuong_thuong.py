"""Writes the 2020 report of phường Khương Thượng, re-told in our own words with the figures of the published page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from docx import Document

TARGET = Path(__file__).resolve().parents[1] / "data" / "reports" / "khuong-thuong" / "khuong-thuong-2020.docx"
ADDRESS = (
    "https://khuongthuong.dongda.hanoi.gov.vn/vi_VN/chi-ao-ieu-hanh-cua-phuong/-/asset_publisher/dxE4E0Jb0lTe/content/"
    "ubnd-phuong-khuong-thuong-to-chuc-tong-ket-cong-tac-nam-2020-phuong-huong-nhiem-vu-nam-2021"
)
PARAGRAPHS = (
    "Ngày đăng 28/01/2021",
    "Ngày 28/01/2021, UBND phường Khương Thượng (quận Đống Đa, thành phố Hà Nội) họp hội nghị nhìn lại công tác và phong "
    "trào thi đua năm 2020, bàn nhiệm vụ năm 2021.",
    "Dịch Covid-19 làm nhiều việc khó hơn, song theo báo cáo tại hội nghị, phường cơ bản đi đến đích đã định. Thu ngân sách "
    "trên địa bàn đạt 101%. Trật tự đô thị và trật tự xây dựng được giữ, 100% công trình xây dựng trên địa bàn đều có phép.",
    "Bộ phận một cửa làm việc tốt, kiến nghị của người dân được trả lời kịp thời, không có đơn thư kéo dài.",
    "Ở lĩnh vực văn hóa, 13/18 tổ dân phố đạt danh hiệu Tổ dân phố văn hóa, phường đã đề nghị quận công nhận.",
    "Sang năm 2021, phường dồn sức cho công tác thu thuế, thu ngân sách, cải cách thủ tục hành chính, an sinh xã hội và hoàn "
    "thành chỉ tiêu giao quân.",
    "Cũng tại hội nghị, phường trao chứng nhận danh hiệu cho 13 tổ và biểu dương, khen thưởng các tập thể, cá nhân có nhiều "
    "đóng góp trong năm.",
)


def main() -> None:
    """Writes the file anew."""
    file = Document()
    file.core_properties.author = "Kể lại từ trang của UBND phường Khương Thượng"
    file.core_properties.created = file.core_properties.modified = datetime(2021, 1, 28)
    file.add_heading("Phường Khương Thượng tổng kết công tác năm 2020", level=1)
    for words in PARAGRAPHS:
        file.add_paragraph(words)
    file.add_paragraph(f"Kể lại từ trang thông tin của phường: {ADDRESS}")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    file.save(TARGET)


if __name__ == "__main__":
    main()
