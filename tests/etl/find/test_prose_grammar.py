"""The grammar of year-end prose: whose number it is, of which time, plan or result. All sentences are our own."""

import pytest

from core.catalogue import load_catalogue
from etl.document import Block
from etl.find.prose import find_prose

OPENING = "Tổng kết năm 2021."

TRAPS = [
    "Thu thuế đạt 5 tỷ đồng, đạt 90% kế hoạch; thu phí, lệ phí đạt 300 triệu đồng, đạt 110% kế hoạch.",
    "Giải ngân vốn đầu tư công đạt 45 tỷ đồng, bằng 98% kế hoạch.",
    "Vốn đầu tư từ ngân sách đạt 12 tỷ đồng, đạt 100% kế hoạch.",
    "Thu quỹ Đền ơn đáp nghĩa đạt 120 triệu đồng, vượt 20% kế hoạch.",
    "Chi thường xuyên đạt 6 tỷ đồng, đạt 99% dự toán.",
    "Phấn đấu không còn hộ nghèo.",
    "Giao 14/14 quân, đạt 100% chỉ tiêu.",
    "Tỷ lệ hộ nghèo tham gia BHYT đạt 100%.",
    "Thu ngân sách bằng 115% so với cùng kỳ.",
    "Thu ngân sách vượt 5 tỷ đồng so với dự toán.",
    "Bình quân hằng năm có trên 90% hộ đạt gia đình văn hóa.",
    "Tổ dân phố số 7 có 120/125 hộ đạt gia đình văn hóa, khu 5 đạt 95%.",
    "Phường thu được 9 tỷ đồng tiền ủng hộ từ các nhà hảo tâm.",
    "Hỗ trợ xây mới nhà cho 53/53 hộ nghèo.",
    "Trao 120 suất quà cho hộ nghèo trị giá 60 triệu đồng.",
    "Các hộ nghèo được vay 1,2 tỷ đồng, đạt 100% kế hoạch.",
    "Thu thuế, phí, lệ phí đạt 7,2 tỷ đồng, bằng 102% dự toán.",
    "Thu ngân sách tăng 12%, giá trị sản xuất đạt 100 tỷ đồng.",
    "Thu từ đấu giá quyền sử dụng đất đạt 21 tỷ đồng.",
    "Thu bổ sung từ ngân sách cấp trên 4,5 tỷ đồng; thu chuyển nguồn 1,2 tỷ đồng; thu kết dư 300 triệu đồng.",
    "Chi đầu tư phát triển 3,5 tỷ đồng, chi thường xuyên 5,1 tỷ đồng.",
    "12 tổ dân phố có nhà văn hóa; 100% thôn có nhà văn hóa.",
    "Có 98% hộ gia đình sử dụng nước sạch, 95% hộ có nhà tiêu hợp vệ sinh.",
    "Có 2 khu phố đạt văn minh đô thị, 1 tuyến phố văn minh.",
    "Biểu dương 34 gia đình văn hóa tiêu biểu.",
    "UBND phường trao giấy khen cho 34 gia đình văn hóa tiêu biểu giai đoạn 2019-2021.",
    "100% hộ nghèo được cấp thẻ BHYT.",
    "Khám sức khỏe nghĩa vụ quân sự cho 85 thanh niên, đạt 100%.",
    "Cấp 120 giấy phép xây dựng, 98% công trình xây dựng đúng phép.",
    "Đảng ủy phường khen thưởng 3 chi bộ và 12 đảng viên hoàn thành xuất sắc nhiệm vụ.",
    "Tặng quà cho 12 gia đình chính sách.",
]

RESULTS = [
    ("Năm 2022, phường phấn đấu: thu ngân sách đạt 10 tỷ đồng; 90% hộ đạt gia đình văn hóa; tỷ lệ hộ nghèo còn "
     "0,3%; 95% người dân tham gia BHYT.",
     "budget_revenue=10000000000 plan 2022; cultural_families_rate=90 plan 2022; poor_household_rate=0.3 plan "
     "2022; health_insurance_rate=95 plan 2022"),
    ("Thu ngân sách đạt 8 tỷ đồng, đạt 120% dự toán thành phố giao, bằng 111% nghị quyết HĐND phường, tăng 5% "
     "so với năm 2020.",
     "budget_revenue=8000000000; budget_revenue_attainment=120 assigned; budget_revenue_attainment=111 council"),
    ("Thu ngân sách 11 tháng đạt 12 tỷ đồng; ước cả năm đạt 13 tỷ đồng.",
     "budget_revenue=12000000000 11m; budget_revenue=13000000000 estimate"),
    ("Tổng thu ngân sách 10 tháng đạt 9,5 tỷ đồng, bằng 95% dự toán; ước thực hiện cả năm đạt 11 tỷ đồng, bằng "
     "110% dự toán.",
     "budget_revenue=9500000000 10m; budget_revenue_attainment=95 10m; budget_revenue=11000000000 estimate; "
     "budget_revenue_attainment=110 estimate"),
    ("Tổng thu ngân sách đạt 8 tỷ đồng, tổng chi ngân sách đạt 7,5 tỷ đồng.",
     "budget_revenue=8000000000; budget_expenditure=7500000000"),
    ("Thu ngân sách đạt 8 tỷ đồng (trong đó thu từ thuế đạt 3 tỷ đồng), đạt 104% dự toán.",
     "budget_revenue=8000000000; budget_revenue_attainment=104"),
    ("Thu ngân sách nhà nước trên địa bàn đạt 145 tỷ đồng, trong đó thu tiền sử dụng đất 60 tỷ đồng.",
     "budget_revenue=145000000000"),
    ("Toàn phường có 1.250 hộ đăng ký, trong đó 1.180 hộ đạt gia đình văn hóa, đạt 94,4%.",
     "cultural_families=1180; cultural_families_rate=94.4"),
    ("Tỷ lệ hộ đăng ký gia đình văn hóa đạt 98%; tỷ lệ hộ đạt gia đình văn hóa là 93%.",
     "cultural_families_rate=93"),
    ("Có 15/16 tổ dân phố đăng ký và 13/16 tổ dân phố đạt danh hiệu văn hóa.",
     "cultural_groups=13/16"),
    ("Tỷ lệ hộ nghèo giảm 0,4% so với năm 2020, còn 0,8%.",
     "poor_household_rate=0.8"),
    ("Giảm tỷ lệ hộ nghèo từ 1,2% xuống 0,8%.",
     "poor_household_rate=0.8"),
    ("Hộ nghèo giảm 6 hộ, hiện còn 12 hộ (0,5%).",
     "poor_households=12; poor_household_rate=0.5"),
    ("Trên địa bàn phường không còn hộ nghèo theo chuẩn mới, còn 8 hộ cận nghèo.",
     "poor_households=0; near_poor_households=8"),
    ("Đến cuối năm, phường đã không còn hộ nghèo.",
     "poor_households=0"),
    ("Toàn quận thu ngân sách đạt 1.200 tỷ đồng; phường thu ngân sách đạt 9 tỷ đồng.",
     "budget_revenue=9000000000"),
    ("UBND quận tặng giấy khen cho 3 tập thể và 5 cá nhân; UBND phường tặng giấy khen 10 tập thể, 30 cá nhân.",
     "award_collectives_district=3; award_individuals_district=5; award_collectives_ward=10; "
     "award_individuals_ward=30"),
    ("Chủ tịch UBND phường đã tặng giấy khen cho 12 tập thể, 45 cá nhân có thành tích xuất sắc trong phong trào "
     "thi đua năm 2021.",
     "award_collectives_ward=12; award_individuals_ward=45"),
    ("Có 8 tập thể, 20 cá nhân được Chủ tịch UBND phường khen thưởng.",
     "award_collectives_ward=8; award_individuals_ward=20"),
    ("Tỷ lệ giao quân đạt 100% chỉ tiêu.",
     "conscription_rate=100"),
    ("Hoàn thành 100% chỉ tiêu công tác tuyển quân.",
     "conscription_rate=100"),
    ("Công tác tuyển quân hoàn thành 100% chỉ tiêu, có 15 công dân lên đường nhập ngũ.",
     "conscription_rate=100; conscripts=15"),
    ("Tỷ lệ bao phủ bảo hiểm y tế toàn dân đạt 96,5%, tỷ lệ tham gia bảo hiểm xã hội đạt 42%.",
     "health_insurance_rate=96.5"),
    ("Tỷ lệ hồ sơ giải quyết trước và đúng hạn đạt 99,2%.",
     "onestop_on_time_rate=99.2"),
    ("Đã tiếp nhận và giải quyết 5.120 hồ sơ, trong đó 99,5% hồ sơ giải quyết đúng hạn.",
     "onestop_files=5120; onestop_on_time_rate=99.5"),
    ("Kết quả thu ngân sách nhà nước trên địa bàn: dự toán giao 10 tỷ đồng, thực hiện 11,2 tỷ đồng, đạt 112%.",
     "budget_revenue=10000000000 plan; budget_revenue=11200000000; budget_revenue_attainment=112"),
    ("Thu ngân sách đạt 11,2 tỷ đồng/10 tỷ đồng dự toán, bằng 112%.",
     "budget_revenue=11200000000; budget_revenue=10000000000 plan; budget_revenue_attainment=112"),
    ("Thu ngân sách tăng 15% so với năm 2020 và đạt 112% dự toán.",
     "budget_revenue_attainment=112"),
    ("Thu ngân sách vượt dự toán 12%.",
     "budget_revenue_attainment=112"),
    ("Tỷ lệ gia đình văn hóa đạt 92%, vượt 2% kế hoạch.",
     "cultural_families_rate=92"),
    ("Tỷ lệ gia đình văn hóa đạt 92% (kế hoạch 90%), tổ dân phố văn hóa đạt 85% (kế hoạch 80%).",
     "cultural_families_rate=92; cultural_families_rate=90 plan; cultural_groups_rate=85; "
     "cultural_groups_rate=80 plan"),
    ("Trong nhiệm kỳ 2016-2021, tổng thu ngân sách đạt 45 tỷ đồng; riêng năm 2021 đạt 10 tỷ đồng.",
     "budget_revenue=45000000000 term; budget_revenue=10000000000"),
    ("Thu ngân sách quý I đạt 2 tỷ đồng, đạt 20% kế hoạch.",
     "budget_revenue=2000000000 q1; budget_revenue_attainment=20 q1"),
    ("Đến hết tháng 11, thu ngân sách đạt 9 tỷ đồng, đạt 97% kế hoạch.",
     "budget_revenue=9000000000 11m; budget_revenue_attainment=97 11m"),
    ("Tính đến 30/11/2021, thu ngân sách đạt 9 tỷ đồng, đạt 97% kế hoạch. Tỷ lệ hộ nghèo còn 0,9%.",
     "budget_revenue=9000000000 11m; budget_revenue_attainment=97 11m; poor_household_rate=0.9"),
    ("3/3 ấp đạt chuẩn văn hóa; 1.204 hộ đạt chuẩn gia đình văn hóa (96,1%).",
     "cultural_groups=3/3; cultural_families=1204; cultural_families_rate=96.1"),
    ("100% cơ quan, đơn vị, trường học đạt chuẩn văn hóa.",
     "cultural_agencies_rate=100"),
    ("8/8 thôn, tổ dân phố giữ vững danh hiệu văn hóa, 94% gia đình đạt chuẩn văn hóa.",
     "cultural_groups=8/8; cultural_families_rate=94"),
    ("Số khu dân cư đạt danh hiệu khu dân cư văn hóa là 14/15 khu, đạt 93,3%.",
     "cultural_groups=14/15; cultural_groups_rate=93.3"),
    ("Công nhận 12 tổ dân phố văn hóa, 1.900 gia đình văn hóa.",
     "cultural_groups=12; cultural_families=1900"),
    ("Khen thưởng 12 tổ dân phố văn hóa, 19 gia đình văn hóa tiêu biểu xuất sắc.",
     "award_households=19"),
    ("Nhiều chỉ tiêu vượt kế hoạch, trong đó thu ngân sách đạt 130% dự toán, giao quân đạt 100%.",
     "budget_revenue_attainment=130; conscription_rate=100"),
    ("Các chỉ tiêu đều vượt, nổi bật là: tổng thu ngân sách đạt 130% dự toán.",
     "budget_revenue_attainment=130"),
    ("Công tác thu ngân sách đạt 9.145.000.000 đồng, lũy kế đạt 118,2%.",
     "budget_revenue=9145000000; budget_revenue_attainment=118.2"),
    ("Về thu ngân sách, phường đạt 9 tỷ đồng.",
     "budget_revenue=9000000000"),
    ("Mục tiêu năm 2022: thu ngân sách 10 tỷ đồng; tỷ lệ hộ nghèo dưới 1%; giao quân đạt 100%.",
     "budget_revenue=10000000000 plan 2022; conscription_rate=100 plan 2022"),
    ("Năm 2022, chỉ tiêu thu ngân sách là 10 tỷ đồng, giao quân 100%.",
     "budget_revenue=10000000000 plan 2022; conscription_rate=100 plan 2022"),
    ("Kế hoạch năm 2022: Thu ngân sách 10 tỷ đồng.",
     "budget_revenue=10000000000 plan 2022"),
    ("HĐND phường quyết nghị tổng thu ngân sách năm 2022 là 10 tỷ đồng.",
     "budget_revenue=10000000000 plan 2022"),
    ("Thu ngân sách năm 2020 đạt 7 tỷ đồng, năm 2021 đạt 8 tỷ đồng.",
     "budget_revenue=7000000000 2020; budget_revenue=8000000000"),
    ("Thu ngân sách khoảng 8 tỷ đồng; chi ngân sách gần 7 tỷ đồng.",
     "budget_revenue=8000000000 about; budget_expenditure=7000000000 nearly"),
    ("Tổng thu ngân sách Nhà nước trên địa bàn xã ước thực hiện 15,2 tỷ đồng, đạt 125% so với dự toán huyện "
     "giao và đạt 118% so với dự toán HĐND xã giao, tăng 12% so với cùng kỳ.",
     "budget_revenue=15200000000 estimate; budget_revenue_attainment=125 estimate assigned; "
     "budget_revenue_attainment=118 estimate council"),
    ("Thu ngân sách nhà nước ước đạt 25,3/22 tỷ đồng, đạt 115% kế hoạch.",
     "budget_revenue=25300000000 estimate; budget_revenue=22000000000 plan; budget_revenue_attainment=115 "
     "estimate"),
    ("Tổng thu NSNN 25.300 triệu đồng, đạt 115% KH; tổng chi NSNN 21.200 triệu đồng, đạt 98,5% KH.",
     "budget_revenue=25300000000; budget_revenue_attainment=115; budget_expenditure=21200000000; "
     "budget_expenditure_attainment=98.5"),
    ("Thu ngân sách trên địa bàn cả năm ước đạt trên 30 tỷ đồng (đạt 110% kế hoạch năm, bằng 105% so với cùng "
     "kỳ năm trước).",
     "budget_revenue=30000000000 estimate over; budget_revenue_attainment=110 estimate"),
    ("Thu ngân sách Nhà nước hoàn thành vượt mức kế hoạch, đạt 118%.",
     "budget_revenue_attainment=118"),
    ("Thu ngân sách nhà nước đạt và vượt dự toán được giao (đạt 118%).",
     "budget_revenue_attainment=118"),
    ("Thu ngân sách đạt 118% so với kế hoạch, cao hơn năm trước 5 điểm phần trăm.",
     "budget_revenue_attainment=118"),
    ("Tổng mức bán lẻ hàng hóa đạt 320 tỷ đồng, đạt 105% kế hoạch; thu ngân sách đạt 9 tỷ đồng, đạt 108% kế "
     "hoạch.",
     "budget_revenue=9000000000; budget_revenue_attainment=108"),
    ("So với năm 2020, thu ngân sách tăng 12%, đạt 10 tỷ đồng.", "budget_revenue=10000000000"),
    ("Thu ngân sách tăng 12%, đạt 10 tỷ đồng, bằng 104% dự toán.",
     "budget_revenue=10000000000; budget_revenue_attainment=104"),
    ("Bình xét cuối năm: 1.884 hộ đạt chuẩn VH (94,5%); 9 ấp, khu phố đạt danh hiệu ấp, khu phố VH.",
     "cultural_families=1884; cultural_families_rate=94.5; cultural_groups=9"),
    ("Có 5,086 hộ đạt chuẩn gia đình văn hóa.", "cultural_families=5086"),
    ("Có 16/17 khu dân cư văn hóa, đạt 94,1% tăng so với cùng kỳ 3,2%.",
     "cultural_groups=16/17; cultural_groups_rate=94.1"),
    ("Nhiệm vụ thu ngân sách hoàn thành vượt mức 116% với số thu là 6,2 tỷ đồng.",
     "budget_revenue_attainment=116; budget_revenue=6200000000"),
    ("Tổng vốn đầu tư toàn xã hội ước đạt 320 tỷ đồng; tổng thu ngân sách nhà nước trên địa bàn ước đạt 71,4 "
     "tỷ đồng, bằng 143% kế hoạch.",
     "budget_revenue=71400000000 estimate; budget_revenue_attainment=143 estimate"),
    ("Kinh tế tăng trưởng 11,2%, thu nhập bình quân 62 triệu đồng/người/năm, thu ngân sách đạt 14,5 tỷ đồng.",
     "budget_revenue=14500000000"),
    ("Tổng thu ngân sách nhà nước trên địa bàn phường thực hiện năm 2021 là 14.523 triệu đồng/13.000 triệu "
     "đồng, đạt 111,7% dự toán.",
     "budget_revenue=14523000000; budget_revenue=13000000000 plan; budget_revenue_attainment=111.7"),
    ("Thu ngân sách đạt 9,2 tỷ (dự toán giao 8,5 tỷ), bằng 108%.",
     "budget_revenue=9200000000; budget_revenue=8500000000 plan; budget_revenue_attainment=108"),
    ("Thu ngân sách đạt 9,2 tỷ đồng so với dự toán 8,5 tỷ đồng, đạt 108%.",
     "budget_revenue=9200000000; budget_revenue=8500000000 plan; budget_revenue_attainment=108"),
    ("Tổng thu cân đối ngân sách đạt 7,5 tỷ đồng.",
     "budget_revenue_own=7500000000"),
    ("Thu ngân sách xã được hưởng đạt 6,3 tỷ đồng, bằng 117% dự toán HĐND xã quyết định.",
     "budget_revenue_own=6300000000; budget_revenue_own_attainment=117 council"),
    ("Tổng chi ngân sách địa phương là 9,8 tỷ đồng, trong đó chi đầu tư 3,2 tỷ đồng, chi thường xuyên 6,6 tỷ "
     "đồng.",
     "budget_expenditure=9800000000"),
    ("Năm 2022: tổng thu ngân sách trên địa bàn 12 tỷ đồng, tổng chi ngân sách 11 tỷ đồng.",
     "budget_revenue=12000000000 plan 2022; budget_expenditure=11000000000 plan 2022"),
    ("Toàn xã có 9/11 thôn đạt thôn văn hóa (81,8%), 2.105/2.240 hộ đạt gia đình văn hóa (93,9%).",
     "cultural_groups=9/11; cultural_groups_rate=81.8; cultural_families=2105/2240; cultural_families_rate=93.9"),
    ("Kết quả bình xét có 2.105 hộ/2.240 hộ đạt danh hiệu GĐVH, chiếm 93,9%; 9/11 khu phố đạt chuẩn văn hóa, "
     "chiếm 81,8%.",
     "cultural_families=2105/2240; cultural_families_rate=93.9; cultural_groups=9/11; cultural_groups_rate=81.8"),
    ("Số hộ gia đình được công nhận danh hiệu “Gia đình văn hóa” là 2.105/2.240 hộ.",
     "cultural_families=2105/2240"),
    ("Phong trào “Toàn dân đoàn kết xây dựng đời sống văn hóa” có 94,2% gia đình văn hóa, 100% khu phố văn hóa.",
     "cultural_families_rate=94.2; cultural_groups_rate=100"),
    ("Tỷ lệ gia đình đạt chuẩn văn hóa chiếm 94,2%, tỷ lệ thôn đạt chuẩn văn hóa chiếm 90%.",
     "cultural_families_rate=94.2; cultural_groups_rate=90"),
    ("Tỷ lệ thôn, bản đạt danh hiệu văn hóa là 88%; tỷ lệ cơ quan đạt chuẩn văn hóa là 95%.",
     "cultural_groups_rate=88; cultural_agencies_rate=95"),
    ("Gia đình văn hóa đạt 94%, khu dân cư văn hóa đạt 100%.",
     "cultural_families_rate=94; cultural_groups_rate=100"),
    ("Duy trì 7/7 thôn văn hóa; 95,1% số hộ được công nhận gia đình văn hóa.",
     "cultural_groups=7/7; cultural_families_rate=95.1"),
    ("Có 12/12 khu phố được công nhận, giữ vững danh hiệu “Khu phố văn hóa”.",
     "cultural_groups=12/12"),
    ("Qua bình xét, 1.210 hộ đạt tiêu chuẩn gia đình văn hóa (tỷ lệ 95,4%), có 6/7 xóm đạt xóm văn hóa.",
     "cultural_families=1210; cultural_families_rate=95.4; cultural_groups=6/7"),
    ("Tỷ lệ hộ nghèo chiếm 0,85%, hộ cận nghèo chiếm 1,2%.",
     "poor_household_rate=0.85"),
    ("Toàn xã còn 35 hộ nghèo (chiếm 1,9%), 42 hộ cận nghèo (chiếm 2,3%).",
     "poor_households=35; poor_household_rate=1.9; near_poor_households=42"),
    ("Số hộ nghèo còn 35 hộ, tỷ lệ 1,9%; số hộ cận nghèo còn 42 hộ, tỷ lệ 2,3%.",
     "poor_households=35; poor_household_rate=1.9; near_poor_households=42"),
    ("Cuối năm 2021, hộ nghèo là 35 hộ, giảm 12 hộ so với đầu năm.",
     "poor_households=35"),
    ("Giảm 12 hộ nghèo, giảm tỷ lệ hộ nghèo xuống còn 1,9%.",
     "poor_household_rate=1.9"),
    ("Có 12 hộ thoát nghèo, 5 hộ thoát cận nghèo, hiện toàn phường còn 3 hộ nghèo.",
     "poor_households=3"),
    ("Tỷ lệ hộ nghèo đa chiều giảm 0,5 điểm phần trăm, còn 1,9%.",
     "poor_household_rate=1.9"),
    ("Toàn phường không có hộ nghèo, hộ cận nghèo còn 15 hộ.",
     "poor_households=0; near_poor_households=15"),
    ("Giao quân đạt 100% chỉ tiêu với 12 thanh niên lên đường nhập ngũ.",
     "conscription_rate=100; conscripts=12"),
    ("Hoàn thành công tác tuyển chọn và gọi công dân nhập ngũ năm 2021 với 12/12 công dân, đạt 100% chỉ tiêu.",
     "conscripts=12/12; conscription_rate=100"),
    ("Có 12 công dân nhập ngũ, đạt 100% kế hoạch thành phố giao.",
     "conscripts=12; conscription_rate=100"),
    ("Tỷ lệ người dân tham gia BHYT toàn dân đạt 93%, vượt 2% so với chỉ tiêu giao.",
     "health_insurance_rate=93"),
    ("Bảo hiểm y tế bao phủ 93% dân số.",
     "health_insurance_rate=93"),
    ("Độ bao phủ BHYT đạt 93% dân số, BHXH đạt 30% lực lượng lao động.",
     "health_insurance_rate=93"),
    ("Số người tham gia BHYT là 9.250/9.800 người, đạt 94,4%.",
     "health_insurance_rate=94.4"),
    ("Tiếp nhận, giải quyết 4.560 hồ sơ TTHC, tỷ lệ đúng hạn đạt 99,8%.",
     "onestop_files=4560; onestop_on_time_rate=99.8"),
    ("100% thủ tục hành chính được giải quyết đúng và trước hạn.",
     "onestop_on_time_rate=100"),
    ("100% đơn thư khiếu nại, tố cáo được giải quyết đúng quy định.",
     "complaints_resolved_rate=100"),
    ("Tỷ lệ công trình xây dựng có giấy phép đạt 99,1%.",
     "construction_permit_rate=99.1"),
    ("Tại hội nghị, UBND phường đã trao Giấy khen cho 15 tập thể và 40 cá nhân tiêu biểu.",
     "award_collectives_ward=15; award_individuals_ward=40"),
    ("Dịp này, 15 tập thể, 40 cá nhân và 5 hộ gia đình đã được Chủ tịch UBND xã tặng Giấy khen.",
     "award_collectives_ward=15; award_individuals_ward=40; award_households_ward=5"),
    ("Nhân dịp này, có 3 tập thể và 7 cá nhân được Chủ tịch UBND quận tặng Giấy khen; 20 tập thể và 50 cá nhân "
     "được Chủ tịch UBND phường tặng Giấy khen.",
     "award_collectives_district=3; award_individuals_district=7; award_collectives_ward=20; "
     "award_individuals_ward=50"),
    ("1 cá nhân được tặng Huân chương Lao động hạng Ba.",
     "award_individuals_central=1"),
    ("Hội nghị biểu dương, khen thưởng 10 tập thể và 25 cá nhân.",
     "award_collectives=10; award_individuals=25"),
    ("UBND phường tuyên dương, khen thưởng 1 tập thể và 15 cá nhân.",
     "award_collectives_ward=1; award_individuals_ward=15"),
    ("Có 5 cá nhân đạt danh hiệu Chiến sĩ thi đua cơ sở, 20 cá nhân đạt danh hiệu Lao động tiên tiến.",
     "title_individuals_cstdcs=5; title_individuals_ldtt=20"),
    ("Năm 2021, trong điều kiện khó khăn, với quyết tâm cao của cả hệ thống chính trị, thu ngân sách đạt 9 tỷ "
     "đồng, đạt 105% dự toán.",
     "budget_revenue=9000000000; budget_revenue_attainment=105"),
    ("Với sự nỗ lực phấn đấu của cán bộ và nhân dân, 92% hộ đạt gia đình văn hóa.",
     "cultural_families_rate=92"),
    ("Triển khai đồng bộ các giải pháp, thu ngân sách đạt 9 tỷ đồng.",
     "budget_revenue=9000000000"),
    ("Thực hiện chương trình mục tiêu quốc gia giảm nghèo, tỷ lệ hộ nghèo giảm còn 1,2%.",
     "poor_household_rate=1.2"),
    ("Thu ngân sách đạt 9 tỷ đồng, đạt 105% mục tiêu nghị quyết đề ra.",
     "budget_revenue=9000000000; budget_revenue_attainment=105"),
]  # fmt: skip

REPORTS = [
    ("UBND phường họp tổng kết năm 2020, bàn nhiệm vụ năm 2021. Thu ngân sách trên địa bàn đạt 101%.",
     2020,
     "budget_revenue_attainment=101"),
    ("UBND phường họp tổng kết năm 2020, bàn nhiệm vụ năm 2021, thu ngân sách trên địa bàn đạt 101%.",
     2020,
     "budget_revenue_attainment=101"),
    ("Hội nghị tổng kết năm 2020 và triển khai phương hướng, nhiệm vụ năm 2021. Theo báo cáo, thu ngân sách ước "
     "đạt 12 tỷ đồng, bằng 108% dự toán; 92% hộ đạt gia đình văn hóa.",
     2020,
     "budget_revenue=12000000000 estimate; budget_revenue_attainment=108 estimate; cultural_families_rate=92"),
    ("Sơ kết 6 tháng đầu năm 2022, phương hướng nhiệm vụ 6 tháng cuối năm. Thu ngân sách đạt 4 tỷ đồng, bằng "
     "52% dự toán năm.",
     2022,
     "budget_revenue=4000000000 h1; budget_revenue_attainment=52 h1"),
    ("Báo cáo 9 tháng đầu năm 2022. Thu ngân sách đạt 7 tỷ đồng, bằng 82% dự toán năm; tỷ lệ hộ nghèo còn 1%.",
     2022,
     "budget_revenue=7000000000 9m; budget_revenue_attainment=82 9m; poor_household_rate=1 9m"),
    ("Dự toán thu ngân sách năm 2022 là 10 tỷ đồng, chi ngân sách là 9,5 tỷ đồng.",
     2021,
     "budget_revenue=10000000000 plan 2022; budget_expenditure=9500000000 plan 2022"),
    ("Đại hội Đảng bộ phường nhiệm kỳ 2020-2025 thông qua các chỉ tiêu: thu ngân sách tăng 10%/năm, tỷ lệ hộ "
     "đạt gia đình văn hóa trên 90%.",
     2020,
     ""),
    ("Năm 2021 so với năm 2020: thu ngân sách tăng từ 7 tỷ đồng lên 8 tỷ đồng.",
     2021,
     "budget_revenue=8000000000"),
    ("Kỳ họp thông qua nghị quyết dự toán ngân sách năm 2022 với tổng thu ngân sách 12 tỷ đồng. Ngày "
     "28/12/2021, HĐND phường họp kỳ cuối năm 2021.",
     2021,
     "budget_revenue=12000000000 plan 2022"),
    ("Nhiệm vụ trọng tâm năm 2022 được HĐND phường thông qua. Năm 2021, thu ngân sách đạt 9 tỷ đồng, đạt 105% "
     "dự toán.",
     2021,
     "budget_revenue=9000000000; budget_revenue_attainment=105"),
    ("HĐND xã họp kỳ thứ 8, quyết nghị nhiệm vụ năm 2024. Theo báo cáo, năm 2023 thu ngân sách đạt 12 tỷ đồng, "
     "đạt 120% dự toán; hộ nghèo giảm còn 1,1%. Năm 2024, xã phấn đấu thu ngân sách đạt 13 tỷ đồng; giảm hộ "
     "nghèo còn 0,9%; có 95% hộ đạt gia đình văn hóa.",
     2023,
     "budget_revenue=12000000000; budget_revenue_attainment=120; poor_household_rate=1.1; "
     "budget_revenue=13000000000 plan 2024; poor_household_rate=0.9 plan 2024; cultural_families_rate=95 plan "
     "2024"),
    ("Nhiều chỉ tiêu năm 2022 đạt cao so với năm trước; thu ngân sách 11 tháng đạt 9 tỷ đồng; số hộ nghèo còn 25 hộ.",
     2022,
     "budget_revenue=9000000000 11m; poor_households=25"),
    ("Các chỉ tiêu năm 2022 đều đạt và vượt. Thu ngân sách đạt 9 tỷ đồng.", 2022, "budget_revenue=9000000000"),
    ("Chào xuân 2024, phường nhìn lại năm 2023. Thu ngân sách đạt 12 tỷ đồng. Bước sang năm 2024, phường quyết "
     "tâm thu ngân sách đạt 13 tỷ đồng.",
     2023,
     "budget_revenue=12000000000; budget_revenue=13000000000 plan 2024"),
]  # fmt: skip


@pytest.mark.parametrize("sentence", TRAPS)
def test_other_money_changes_help_and_registrations_are_no_figures(sentence, said):
    """What stands beside a ward's figures in the same words and is none of them."""
    assert said(OPENING, sentence, year=2021, known=False) == set()


@pytest.mark.parametrize(("sentence", "expected"), RESULTS)
def test_a_sentence_of_a_report_gives_its_figures_with_time_and_plan(sentence, expected, said):
    """Part-years, restated years, two bases, plans beside results, lists, brackets: every figure and no other."""
    assert said(OPENING, sentence, year=2021, known=False) == set(expected.split("; "))


@pytest.mark.parametrize(("report", "year", "expected"), REPORTS)
def test_years_and_targets_are_told_apart_over_sentences(report, year, expected, said):
    """A meeting names two years: the one it sums up has the results, the one it looks ahead to the targets."""
    assert said(report, year=year, known=False) == (set(expected.split("; ")) if expected else set())


def test_thanks_after_next_years_targets_are_this_years(said):
    """Awards handed out at the end of the meeting do not move to the year just planned, nor get lost."""
    assert said(OPENING + " Năm 2022, phường phấn đấu thu ngân sách đạt 10 tỷ đồng.",
                "Dịp này, UBND phường khen thưởng 11 tập thể.", year=2021, known=False) == {
        "budget_revenue=10000000000 plan 2022", "award_collectives_ward=11",
    }  # fmt: skip


def test_targets_carry_to_the_sentences_that_go_on_listing_them(said):
    """ "Năm 2022 phường phấn đấu ..." governs the next sentences, also where the year stands deep in its sentence."""
    assert said(OPENING, "Theo nghị quyết, năm 2022 phường phấn đấu tăng trưởng 8%. Tổng thu ngân sách đạt 10 tỷ đồng. "
                "Tỷ lệ hộ nghèo giảm còn 1%.", year=2021, known=False) == {
        "budget_revenue=10000000000 plan 2022", "poor_household_rate=1 plan 2022",
    }  # fmt: skip


def test_a_part_year_report_keeps_its_period_when_the_year_is_named_again(said):
    """ "Từ đầu năm 2021 đến nay" and "những tháng cuối năm 2021" make no whole year of six months."""
    assert said("HĐND phường họp đánh giá 6 tháng đầu năm, bàn nhiệm vụ những tháng cuối năm 2021.",
                "Từ đầu năm 2021 đến nay, kinh tế phường ổn định. Thu ngân sách đạt 4 tỷ đồng.",
                year=2021, known=False) == {"budget_revenue=4000000000 h1"}  # fmt: skip


def test_a_closing_day_holds_for_money_and_not_for_levels(said):
    """Revenue counted to 30/11 is eleven months; the poverty rate told after it is the year's."""
    assert said(OPENING, "Thu ngân sách đến 30/11/2021 đạt 9 tỷ đồng; tỷ lệ hộ nghèo còn 0,9%.",
                year=2021, known=False) == {"budget_revenue=9000000000 11m", "poor_household_rate=0.9"}  # fmt: skip


def test_a_share_is_passed_over_with_the_count_of_one_group(said):
    """The percentage chained to a group's count is the group's too."""
    assert said(OPENING, "Các đại biểu thống nhất thôn Hạ có 244 gia đình đạt gia đình văn hóa, đạt tỷ lệ 86,5%.",
                year=2021, known=False) == set()  # fmt: skip


def test_one_number_for_two_kinds_of_recipients_is_no_count(said):
    """ "42 tập thể, cá nhân" counts neither."""
    assert said(OPENING, "UBND phường khen thưởng 42 tập thể, cá nhân tiêu biểu.", year=2021, known=False) == set()


def test_a_word_that_ends_in_day_makes_no_date(said):
    """ "cây dài ngày 42.107 ha" broke the reading of dates; a percentage whose decimals were left out is read."""
    assert said(OPENING, "Diện tích cây dài ngày 42.107 ha, đạt 101% kế hoạch; thu ngân sách đạt 115,% kế hoạch.",
                year=2021, known=False) == {"budget_revenue_attainment=115"}  # fmt: skip


def test_an_average_of_several_years_is_asked(said):
    """What holds "hằng năm" is no figure of the report's year."""
    prose = find_prose([Block("Hằng năm có trên 90% hộ đạt gia đình văn hóa.", "đoạn 1")], load_catalogue(), year=2021)
    assert prose.figures == []
    assert [question.code for question in prose.questions] == ["prose.average"]


def test_a_town_is_no_commune():
    """ "Thị xã Mẫu Đơn" is not read as "Xã Mẫu Đơn"."""
    prose = find_prose([Block("Thị xã Mẫu Đơn tổng kết năm 2021.", "đoạn 1")], load_catalogue())
    assert prose.unit_name == "Thị xã Mẫu Đơn"


def test_months_said_of_one_sum_hold_for_no_other_paragraph(said):
    """ "Thu ngân sách 10 tháng" opens no report of ten months: what the next paragraph counts is the year's."""
    paragraphs = ("Thu ngân sách 10 tháng ước 6,4 tỷ đồng.", "Có 14/15 tổ dân phố đạt danh hiệu tổ dân phố văn hóa.")
    assert said(*paragraphs) == {"budget_revenue=6400000000 estimate 10m", "cultural_groups=14/15"}


def test_targets_of_a_term_are_no_results_of_a_year(said):
    """A congress sets out levels for five years: no year is theirs, and its sums are plans of the term."""
    targets = (
        "Đại hội xác định các chỉ tiêu nhiệm kỳ 2022-2027: thu ngân sách đạt 40 tỷ đồng, 95% hộ đạt gia đình văn hóa."
    )
    assert said(targets, year=2022) == {"budget_revenue=40000000000 plan term 2027"}


def test_a_headline_about_striving_makes_no_result_a_plan(said):
    """What a ward strives for in a headline is not the heading of a list of targets."""
    result = "Năm qua, thu ngân sách đạt 9 tỷ đồng, hộ nghèo còn 12 hộ."
    expected = {"budget_revenue=9000000000", "poor_households=12"}
    assert said("Phường Mẫu Đơn phấn đấu không còn hộ nghèo", result, year=2022) == expected
    planned = said("Phường phấn đấu năm 2023:", "Thu ngân sách đạt 9 tỷ đồng.", year=2022)
    assert planned == {"budget_revenue=9000000000 plan 2023"}
