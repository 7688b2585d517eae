"""Words for the codes of organisations and members."""

from flask_babel import lazy_gettext as _l

LEVELS = {
    "tinh": _l("Tỉnh"),
    "cap_tren_truc_tiep_co_so": _l("Cấp trên trực tiếp của cơ sở"),
    "huyen": _l("Huyện (trước 01/7/2025)"),
    "co_so": _l("Cơ sở"),
    "bo_phan": _l("Đảng bộ bộ phận"),
    "chi_bo": _l("Chi bộ"),
}

MANAGEMENT = {
    "central": _l("Trung ương quản lý"),
    "province": _l("Ban Thường vụ Tỉnh ủy quản lý"),
    "district": _l("Ban Thường vụ Huyện ủy quản lý (trước 01/7/2025)"),
    "superior": _l("Cấp ủy cấp trên trực tiếp của cơ sở quản lý"),
    "grassroots": _l("Cấp ủy cơ sở quản lý"),
    "cell": _l("Chi bộ quản lý"),
}
