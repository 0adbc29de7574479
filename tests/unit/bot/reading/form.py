"""The boxes of a district's report, as the tests ask them."""

from __future__ import annotations

from bot.reading.block_fields import BlockField
from bot.reading.options import Option

STATUS = (
    Option("done", "แล้วเสร็จ", ("เสร็จ",), status="done"),
    Option("in_progress", "อยู่ระหว่างการจัดทำรายงาน", ("ระหว่าง", "ทำอยู่"), status="in_progress"),
    Option("not_started", "ยังไม่ได้ดำเนินการ", ("ยัง",), status="not_started"),
)
PROBLEMS = (
    Option("none", "ไม่มี"),
    Option("away", "ครัวเรือนไม่อยู่"),
    Option("refused", "ไม่ให้ถ่ายรูป/ไม่เซ็น"),
    Option("system", "ระบบช้าหรือใช้ไม่ได้"),
    Option("covid", "โควิด-19"),
    Option("volunteers", "อาสาสมัครไม่พอ"),
    Option("other", "อื่น ๆ"),
)
_CASES = (
    ("e31", "๓.๑", "*", "ไม่เซ็นชื่อ"),
    ("e32", "๓.๒", "**", "ไม่ให้ถ่ายรูป"),
    ("e33", "๓.๓", "***", "ไม่พบบนเว็บ"),
    ("e34", "๓.๔", "****", "ไม่อยู่ ไม่มีกำหนดกลับ"),
    ("e35", "๓.๕", None, "มีการแก้ไขข้อมูล"),
)

FIELDS = (
    BlockField("status", 1, ("สถานะ", "สถานะ (เสร็จ/ระหว่าง/ยัง)"), kind="choice", options=STATUS),
    BlockField("villages", 4, ("หมู่บ้าน/ชุมชนทั้งหมด",), "village"),
    BlockField("villages_checked", 5, ("หมู่บ้านตรวจแล้ว", "ตรวจทานแล้ว"), "village", 47),
    BlockField("certificates", 6, ("เซ็นรับรอง", "รับรองแล้ว"), "village", 47),
    BlockField("hh_target", 7, ("ครัวเรือนที่ต้องตรวจทาน",), "household"),
    BlockField("hh_checked", 8, ("ครัวเรือนตรวจแล้ว", "ตรวจทานแล้ว", "ตรวจแล้ว"), "household", 6240),
    BlockField("hh_complete", 9, ("ครบ", "มีรูปกับลายเซ็นครบ"), "household", 6240),
    *(
        BlockField(name, 10 + place, (label,), "household", case=case, symbol=symbol)
        for place, (name, case, symbol, label) in enumerate(_CASES)
    ),
    BlockField("finished_on", 15, ("วันแล้วเสร็จ",), kind="date"),
    BlockField("fix_status", 16, ("สถานะรายการ 2",), kind="choice", options=STATUS),
    BlockField("dashboard", 17, ("หน้า Dashboard", "Dashboard"), "household"),
    BlockField("records", 19, ("ระเบียนปี 2562", "ระเบียนปี 2562 ที่พบ"), "record"),
    BlockField("problems", 26, ("ปัญหา",), kind="choice", options=PROBLEMS, multiple=True),
    BlockField("remarks", 27, ("อุปสรรค",), kind="text"),
)
BY_BOX = {field.box: field for field in FIELDS}
KNOWN = {"villages": 47, "hh_target": 6240}


def boxes(*numbers: int) -> tuple[BlockField, ...]:
    return tuple(BY_BOX[number] for number in numbers)
