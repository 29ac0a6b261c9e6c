"""The three criteria sets the product ships with; units edit copies of them, there is no national scale.

Their texts are marked for extraction: a reader of English sees them translated as long as nobody edited them.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from innovations.core.rules.errors import N_
from innovations.regulations.rules.criteria import CriteriaSet, Criterion, Grade, Measure

_THIRD = Fraction(1, 3)

_NOVELTY_BANDS = (
    N_("Lặp lại cách làm đã phổ biến trong đơn vị, chỉ thay đổi hình thức"),
    N_("Cải tiến nhỏ trên cách làm sẵn có, ý tưởng chủ yếu tiếp thu từ nơi khác"),
    N_("Cải tiến rõ ở một số khâu, lần đầu làm tại cơ sở"),
    N_("Phần lớn giải pháp là mới tại cơ sở, cách làm sáng tạo"),
    N_("Hoàn toàn mới tại cơ sở, cách tiếp cận độc đáo, giải quyết được việc trước đây chưa làm được"),
)
_EFFECT_BANDS = (
    N_("Chưa thấy thay đổi so với trước khi áp dụng"),
    N_("Có chuyển biến nhưng chưa đều, chưa có số liệu so sánh"),
    N_("Chất lượng công việc tốt hơn trước, có số liệu so sánh ở một số nội dung"),
    N_("Nâng cao rõ chất lượng huấn luyện, công tác hoặc an toàn, có số liệu trước và sau"),
    N_("Hiệu quả vượt trội, đã được kiểm chứng qua nhiều lần áp dụng, bảo đảm an toàn tuyệt đối"),
)
_REPLICABILITY_BANDS = (
    N_("Chỉ dùng được tại một vị trí, phụ thuộc vào tác giả"),
    N_("Dùng được trong phân đội, cần tác giả hướng dẫn thường xuyên"),
    N_("Áp dụng được ở nhiều phân đội trong cơ sở với vật tư sẵn có"),
    N_("Áp dụng được ở các cơ sở cùng loại, có tài liệu hướng dẫn"),
    N_("Dễ làm, dễ dùng, có thể áp dụng rộng rãi ở nhiều đơn vị, có tài liệu đầy đủ"),
)
_ECONOMY_BANDS = (
    N_("Chi phí cao hơn lợi ích mang lại"),
    N_("Chi phí tương đương cách làm cũ"),
    N_("Tiết kiệm được một phần công sức, thời gian hoặc vật tư"),
    N_("Tiết kiệm đáng kể, có cách tính rõ ràng"),
    N_("Tiết kiệm lớn, tận dụng vật tư sẵn có, số liệu được đơn vị áp dụng xác nhận"),
)
_DOSSIER_BANDS = (
    N_("Hồ sơ thiếu, mô tả chưa hiểu được cách làm"),
    N_("Hồ sơ còn sơ sài, thiếu minh chứng"),
    N_("Đủ hồ sơ, mô tả hiểu được, minh chứng ở mức tối thiểu"),
    N_("Hồ sơ rõ ràng, minh chứng phù hợp, có sản phẩm hoặc mô hình"),
    N_("Hồ sơ hoàn chỉnh, minh chứng đầy đủ, sản phẩm hoàn thiện, dễ kiểm tra"),
)

_GRADES = (Grade("A", Decimal(85)), Grade("B", Decimal(70)), Grade("C", Decimal(50)))
_NOVELTY_GRADE_FLOORS = {"A": Fraction(3, 4), "B": Fraction(1, 2), "C": Fraction(1, 4)}

STANDARD = CriteriaSet(
    name=N_("Bộ tiêu chí chuẩn"),
    criteria=(
        Criterion("novelty", N_("Tính mới, sáng tạo"), Decimal(30), grade_floors=_NOVELTY_GRADE_FLOORS, bands=_NOVELTY_BANDS),
        Criterion("effect", N_("Hiệu quả huấn luyện, SSCĐ, công tác; an toàn"), Decimal(30), _THIRD, bands=_EFFECT_BANDS),
        Criterion("replicability", N_("Khả năng áp dụng, nhân rộng"), Decimal(25), _THIRD, bands=_REPLICABILITY_BANDS),
        Criterion("economy", N_("Hiệu quả kinh tế, tiết kiệm"), Decimal(10), bands=_ECONOMY_BANDS),
        Criterion("dossier", N_("Hồ sơ, mức độ hoàn thiện"), Decimal(5), bands=_DOSSIER_BANDS),
    ),
    grades=_GRADES,
    pass_mark=Decimal(50),
)

# Each criterion needs at least 10 points.
SIMPLE_40_30_30 = CriteriaSet(
    name=N_("Bộ tiêu chí rút gọn 40/30/30"),
    criteria=(
        Criterion("novelty", N_("Tính mới, sáng tạo"), Decimal(40), Fraction(1, 4), bands=_NOVELTY_BANDS),
        Criterion("effect", N_("Hiệu quả mang lại"), Decimal(30), _THIRD, bands=_EFFECT_BANDS),
        Criterion("replicability", N_("Khả năng áp dụng, nhân rộng"), Decimal(30), _THIRD, bands=_REPLICABILITY_BANDS),
    ),
    grades=_GRADES,
    pass_mark=Decimal(50),
)


def _gate(code: str, name: str, no: str, yes: str) -> Criterion:
    """A gate that half of the sheets must answer with yes; whoever says no says why."""
    return Criterion(
        code, name, Decimal(1), Fraction(1, 2), comment_required_above=None, bands=(no, yes), measure=Measure.GATE
    )  # fmt: skip


# No points: the first gate that is not passed ends it.
GATES = CriteriaSet(
    name=N_("Bộ tiêu chí đạt / không đạt"),
    criteria=(
        _gate(
            "purpose", N_("Mục đích rõ, thực hiện được"),
            N_("Mục đích chưa rõ hoặc không thực hiện được trong điều kiện của đơn vị"),
            N_("Mục đích rõ, thực hiện được bằng lực lượng, vật tư sẵn có hoặc bảo đảm được"),
        ),
        _gate(
            "new", N_("Mới trong cơ sở"),
            N_("Đã áp dụng, đã công bố hoặc đã bắt buộc thực hiện trong cơ sở từ trước"),
            N_("Lần đầu áp dụng tại cơ sở, không trùng với giải pháp đã nộp trước"),
        ),
        _gate(
            "applied", N_("Đã áp dụng, áp dụng thử đủ lâu"),
            N_("Chưa áp dụng hoặc thời gian áp dụng chưa đủ để thấy kết quả"),
            N_("Đã áp dụng hoặc áp dụng thử đủ để thấy kết quả, có xác nhận của nơi áp dụng"),
        ),
        _gate(
            "effective", N_("Có hiệu quả"),
            N_("Chưa thấy lợi ích, chưa có số liệu trước và sau"),
            N_("Mang lại lợi ích thiết thực, có số liệu trước và sau hoặc xác nhận của người dùng"),
        ),
        _gate(
            "elsewhere", N_("Áp dụng được ở nơi khác"),
            N_("Chỉ dùng được ở một nơi, phụ thuộc vào tác giả"),
            N_("Đơn vị khác làm theo được, có hướng dẫn"),
        ),
    ),
    grades=(),
    pass_mark=Decimal(0),
)  # fmt: skip
PRESETS = (STANDARD, SIMPLE_40_30_30, GATES)
