"""Writes numbers and dates in the forms that people use; the tests read them back."""

from __future__ import annotations

import datetime as dt

DIGITS = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
POWERS = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
MONTHS = (
    ("มกราคม", "ม.ค.", "มค", "มกรา"),
    ("กุมภาพันธ์", "ก.พ.", "กพ", "กุมภา"),
    ("มีนาคม", "มี.ค.", "มีค", "มีนา"),
    ("เมษายน", "เม.ย.", "เมย", "เมษา"),
    ("พฤษภาคม", "พ.ค.", "พค", "พฤษภา"),
    ("มิถุนายน", "มิ.ย.", "มิย", "มิถุนา"),
    ("กรกฎาคม", "ก.ค.", "กค", "กรกฎา"),
    ("สิงหาคม", "ส.ค.", "สค", "สิงหา"),
    ("กันยายน", "ก.ย.", "กย", "กันยา"),
    ("ตุลาคม", "ต.ค.", "ตค", "ตุลา"),
    ("พฤศจิกายน", "พ.ย.", "พย", "พฤศจิกา"),
    ("ธันวาคม", "ธ.ค.", "ธค", "ธันวา"),
)
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_MILLION = 10**6
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def thai_digits(text: str) -> str:
    return text.translate(_THAI)


def in_words(number: int) -> str:
    """The formal reading: 12,500 is หนึ่งหมื่นสองพันห้าร้อย."""
    if number >= _MILLION:
        millions, rest = divmod(number, _MILLION)
        return in_words(millions) + "ล้าน" + (in_words(rest) if rest else "")
    if number == 0:
        return DIGITS[0]
    digits = [int(digit) for digit in reversed(str(number))]
    parts = [_part(digit, place, len(digits)) for place, digit in enumerate(digits)]
    return "".join(reversed(parts))


def _part(digit: int, place: int, length: int) -> str:
    if digit == 0:
        return ""
    if place == 1 and digit <= 2:
        return ("", "สิบ", "ยี่สิบ")[digit]
    if place == 0 and digit == 1 and length > 1:
        return "เอ็ด"
    return DIGITS[digit] + POWERS[place]


def mixed(number: int) -> str:
    """Figures and powers: 12,500 is 1หมื่น2พัน5ร้อย."""
    if number >= _MILLION or number == 0:
        return str(number)
    digits = list(enumerate(int(digit) for digit in reversed(str(number))))
    return "".join(f"{digit}{POWERS[place]}" for place, digit in reversed(digits) if digit)


def number_forms(number: int) -> list[str]:
    """Every written form of a count."""
    words = in_words(number)
    return [
        str(number),
        f"{number:,}",
        thai_digits(str(number)),
        thai_digits(f"{number:,}"),
        str(number).translate(_WIDE),
        "\u200b".join(str(number)),
        f"{number} ครัวเรือน",
        f"{number}ค่ะ",
        f"จำนวน {number:,} หลังครับ",
        f"{number:,}".replace(",", " "),
        f"{number:,}".replace(",", "."),
        words,
        f"{words}ครัวเรือน",
        words.removeprefix("หนึ่ง") or words,
        words.replace("พัน", "พัน "),
        mixed(number),
    ]


def date_forms(day: dt.date) -> list[str]:
    """Every written form of a date, Buddhist years first."""
    year, short = day.year + 543, f"{(day.year + 543) % 100:02d}"
    named = [f"{day.day} {name} {written}" for name in MONTHS[day.month - 1] for written in (year, short)]
    return [
        *named,
        *(thai_digits(text) for text in named),
        *(text.replace(" ", "") for text in named),
        f"{day.day}/{day.month}/{short}",
        f"{day.day:02d}/{day.month:02d}/{year}",
        f"{day.day}-{day.month}-{short}",
        f"{day.day}.{day.month}.{year}",
        f"{day.day} {day.month} {short}",
        f"{day.day:02d}{day.month:02d}{year}",
        thai_digits(f"{day.day:02d}/{day.month:02d}/{year}"),
        day.isoformat(),
        f"{year}-{day.month:02d}-{day.day:02d}",
        f"{day.day} {MONTHS[day.month - 1][0]} พ.ศ. {year}",
        f"{day.day} {MONTHS[day.month - 1][1]} ค.ศ. {day.year}",
        f"{day.day} {ENGLISH[day.month - 1]} {short}",
        f"วันที่ {day.day} เดือน {day.month} ปี {short}",
        f"วัน{WEEKDAYS[day.weekday()]}ที่ {day.day} {MONTHS[day.month - 1][0]} {year}",
        f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1][1]} {short}ครับ",
        f"{in_words(day.day)}{MONTHS[day.month - 1][3]} {year}",
    ]
