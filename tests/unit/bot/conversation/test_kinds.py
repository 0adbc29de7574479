"""Every kind of question asked the nearest way that chat has, answered by tap, by typing, and by sending things."""

from __future__ import annotations

import pytest

from bot.conversation.report.kinds.table import asking
from bot.forms.compiled import LISTED, MEDIA, UNASKED, Kind
from bot.forms.together import together
from tests.support.small_forms import answering, box, listed, of_form
from tests.unit.bot.forms.sheets import form_of

PLACE = {"id": "p1", "type": "location", "latitude": 17.48, "longitude": 101.72}
COMMON = {Kind.TEXT, Kind.INTEGER, Kind.DATE, Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.ANOTHER}


def test_every_kind_that_is_asked_is_asked_in_some_way_of_its_own_or_the_common_one() -> None:
    rows = {
        Kind.DECIMAL: "decimal",
        Kind.TIME: "time",
        Kind.DATETIME: "dateTime",
        Kind.ACKNOWLEDGE: "acknowledge",
        Kind.RANK: "rank c",
        Kind.GEOPOINT: "geopoint",
        Kind.GEOTRACE: "geotrace",
        Kind.GEOSHAPE: "geoshape",
        Kind.BARCODE: "barcode",
        Kind.IMAGE: "image",
        Kind.AUDIO: "audio",
        Kind.VIDEO: "video",
        Kind.FILE: "file",
    }
    assert set(Kind) - UNASKED - COMMON == set(rows)
    for kind, row in rows.items():
        question = form_of([box(row)], listed("ก", "ข")).questions["q"]
        assert question.kind is kind
        assert asking(question) is not None
        assert together((question, question)) == (question,)


@pytest.mark.parametrize("row", ["time", "dateTime", "decimal", "barcode", "geopoint", "geotrace", "image", "file"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_kind_can_be_left_empty_asked_for_help_and_looked_at(row: str, language: str) -> None:
    chat = answering(box(row), language=language)
    assert "คำถาม" in chat.say("ช่วยเหลือ")
    assert "คำถาม" in chat.say("ทบทวน")
    assert "ต่อไป" in chat.say("ข้าม")
    assert chat.answers() == {}


def test_a_guidance_hint_is_said_to_those_who_ask_for_help() -> None:
    chat = answering(box("text", hint="เฉพาะตัวเลข", guidance_hint="ดูที่ปกสมุดทะเบียน"))
    assert "เฉพาะตัวเลข" in chat.screen
    assert "ดูที่ปกสมุดทะเบียน" not in chat.screen
    assert "ดูที่ปกสมุดทะเบียน" in chat.say("ช่วยเหลือ")


@pytest.mark.parametrize("appearance", ["minimal", "likert", "quick", "columns-2", "horizontal-compact", "label"])
def test_appearances_that_chat_does_not_know_make_no_difference(appearance: str) -> None:
    plain, other = (
        answering(box("select_one c", **cells), choices=listed("แดง", "ฟ้า"))
        for cells in ({}, {"appearance": appearance})
    )
    assert plain.screen == other.screen


# -- times ------------------------------------------------------------------------------------------------------------
def test_a_time_is_typed_as_people_say_it_and_read_back() -> None:
    chat = answering(box("time"))
    assert "แตะปุ่ม หรือพิมพ์เวลา เช่น 14.30 น." in chat.screen
    assert "รับแล้ว: คำถาม 14.30 น." in chat.say("บ่ายสองโมงครึ่ง")
    assert chat.answers() == {"q": "14:30:00.000+07:00"}


def test_a_time_that_may_be_two_is_offered_twice() -> None:
    chat = answering(box("time"))
    assert "อ่านได้หลายอย่าง" in chat.say("สองโมง")
    assert chat.labels()[:2] == ["14.00 น.", "08.00 น."]
    chat.press("08.00 น.")
    assert chat.answers() == {"q": "08:00:00.000+07:00"}


def test_a_bare_figure_is_a_time_only_after_a_yes() -> None:
    chat = answering(box("time"))
    assert '"9" หมายถึงเวลา คำถาม 09.00 น. ใช่หรือไม่' in chat.say("9")
    assert chat.answers() == {}
    chat.say("ใช่")
    assert chat.answers() == {"q": "09:00:00.000+07:00"}


def test_times_and_moments_are_picked_on_the_phone() -> None:
    chat = answering(box("time"))
    chat.pick("เลือกเวลา", time="14:30")
    assert chat.answers() == {"q": "14:30:00.000+07:00"}
    chat = answering(box("dateTime"))
    shown = chat.pick("เลือกวันและเวลา", datetime="2021-06-16T14:30")
    assert "รับแล้ว: คำถาม พุธที่ 16 มิ.ย. 64 เวลา 14.30 น." in shown
    assert chat.answers() == {"q": "2021-06-16T14:30:00.000+07:00"}


def test_half_a_moment_says_what_is_missing() -> None:
    chat = answering(box("dateTime"))
    assert "ยังขาดเวลา" in chat.say("16/6/64")
    assert "ยังขาดวันที่" in chat.say("บ่ายสอง")
    chat.say("พรุ่งนี้ 9 โมง")
    assert chat.answers() == {"q": "2021-06-08T09:00:00.000+07:00"}


# -- numbers ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "value"), [("1.5", "1.5"), ("๑.๕", "1.5"), ("หนึ่งจุดห้า", "1.5"), ("1,250.50", "1250.5")]
)
def test_a_number_with_a_fraction(words: str, value: str) -> None:
    chat = answering(box("decimal"))
    assert "มีทศนิยมได้" in chat.screen
    chat.say(words)
    assert chat.answers() == {"q": value}


def test_a_comma_for_the_point_is_read_back() -> None:
    chat = answering(box("decimal"))
    assert "ถ้าลูกน้ำคือจุดทศนิยม จะเป็น คำถาม 1.5 ใช่หรือไม่" in chat.say("1,5")
    chat.say("ใช่")
    assert chat.answers() == {"q": "1.5"}


def test_a_range_of_few_numbers_is_buttons_and_of_many_says_its_bounds() -> None:
    chat = answering(box("range", parameters="start=1 end=5 step=1"))
    assert chat.labels()[:5] == ["1", "2", "3", "4", "5"]
    assert "ไม่อยู่ในตัวเลขที่เลือกได้" in chat.say("9")
    chat.press("3")
    assert chat.answers() == {"q": "3"}
    chat = answering(box("range", parameters="start=0 end=100 step=0.5"))
    assert "ตั้งแต่ 0 ถึง 100 ทีละ 0.5 เช่น 50" in chat.screen
    assert "ไม่อยู่ในตัวเลขที่เลือกได้" in chat.say("9.3")
    chat.say("9.5")
    assert chat.answers() == {"q": "9.5"}


def test_a_range_of_whole_numbers_takes_no_fraction() -> None:
    chat = answering(box("range", parameters="start=-5 end=50 step=5"))
    assert "มีทศนิยมไม่ได้" in chat.say("2.5")
    chat.say("-5")
    assert chat.answers() == {"q": "-5"}


def test_a_number_below_zero_is_read_back_where_the_form_may_mean_it() -> None:
    chat = answering(box("integer", label="อุณหภูมิ"))
    assert '"-5" บันทึกเป็น อุณหภูมิ -5 ใช่หรือไม่' in chat.say("-5")
    chat.say("ใช่")
    assert chat.answers() == {"q": "-5"}


# -- lists ------------------------------------------------------------------------------------------------------------
def test_worded_choices_are_numbered_and_chosen_by_number() -> None:
    chat = answering(box("select_one c"), choices=listed("แดง", "เขียว", "ฟ้า"))
    assert chat.labels()[:3] == ["1 แดง", "2 เขียว", "3 ฟ้า"]
    chat.say("2")
    assert chat.answers() == {"q": "v1"}


def test_choices_that_are_numbers_are_never_numbered_and_a_number_means_itself() -> None:
    chat = answering(box("select_one c"), choices=listed("10", "2", "5"))
    assert chat.labels()[:3] == ["10", "2", "5"]
    assert "ไม่มีตัวเลือกนี้" in chat.say("1")
    chat.say("2")
    assert chat.answers() == {"q": "v1"}


@pytest.mark.parametrize(("words", "value"), [("12/1", "v1"), ("12", "v0"), ("14", "v2")])
def test_house_numbers_are_chosen_by_themselves(words: str, value: str) -> None:
    chat = answering(box("select_one c"), choices=listed("12", "12/1", "14", "ไม่ทราบ"))
    chat.say(words)
    assert chat.answers() == {"q": value}


@pytest.mark.parametrize("words", ["1", "2/1", "3"])
def test_a_part_of_a_house_number_chooses_nothing(words: str) -> None:
    chat = answering(box("select_one c"), choices=listed("12", "12/1", "14", "ไม่ทราบ"))
    chat.say(words)
    assert chat.answers() == {}


def test_spans_of_numbers_are_no_places_in_the_list() -> None:
    chat = answering(box("select_one c"), choices=listed("4-6 คน", "1-3 คน", "7 คนขึ้นไป"))
    assert chat.labels()[:3] == ["4-6 คน", "1-3 คน", "7 คนขึ้นไป"]
    chat.say("2")
    assert chat.answers() == {}
    chat.say("1-3")
    assert chat.answers() == {"q": "v1"}


def test_stored_names_that_are_numbers_choose_nothing_by_themselves() -> None:
    choices = [{"list_name": "c", "name": name, "label": label} for name, label in (("0", "ไม่ใช่"), ("1", "ใช่"))]
    chat = answering(box("select_one c"), choices=choices)
    assert chat.labels()[:2] == ["1 ไม่ใช่", "2 ใช่"]
    chat.say("1")
    assert chat.answers() == {"q": "0"}


@pytest.mark.parametrize("words", ["1,3", "1 3", "๑, ๓", "แดง กับ ฟ้า"])
def test_several_choices_in_one_message(words: str) -> None:
    chat = answering(box("select_multiple c"), choices=listed("แดง", "เขียว", "ฟ้า"))
    chat.say(words)
    assert chat.answers() == {"q": "v0 v2"}


def test_tapped_choices_gather_carry_a_mark_and_a_second_tap_takes_one_out() -> None:
    chat = answering(box("select_multiple c"), choices=listed("แดง", "เขียว", "ฟ้า"))
    chat.press("แดง")
    chat.press("เขียว")
    assert chat.labels() == ["พอแล้ว", "✔ แดง", "✔ เขียว", "ฟ้า"]
    chat.press("✔ แดง")
    assert "เลือกแล้ว: เขียว" in chat.screen
    chat.say("ฟ้า")
    assert "เลือกแล้ว: เขียว, ฟ้า" in chat.screen
    chat.say("พอแล้ว")
    assert chat.answers() == {"q": "v1 v2"}


def test_taking_the_last_one_out_leaves_the_question_open() -> None:
    chat = answering(box("select_multiple c"), choices=listed("แดง", "เขียว"))
    chat.press("แดง")
    assert "ยังไม่ได้เลือก" in chat.press("✔ แดง")
    assert chat.answers() == {}
    assert chat.labels()[:2] == ["แดง", "เขียว"]


VILLAGES = [
    f"บ้าน{first}{second}" for first in ("หนอง", "นา", "โคก", "ห้วย") for second in ("บัว", "ดี", "สูง", "แก้ว", "ทราย")
]


def test_a_long_list_comes_by_the_page_and_says_how_to_search() -> None:
    chat = answering(box("select_one c"), choices=listed(*VILLAGES))
    assert "มี 20 รายการ พิมพ์บางส่วนของชื่อเพื่อค้นหา" in chat.screen
    assert chat.labels() == [*VILLAGES[:10], "เพิ่มเติม", "ข้ามช่องนี้"]
    chat.press("เพิ่มเติม")
    assert chat.labels() == [*VILLAGES[10:], "กลับไปต้นรายการ", "ข้ามช่องนี้"]
    chat.press("กลับไปต้นรายการ")
    assert chat.labels()[:10] == VILLAGES[:10]
    chat.say("เพิ่มเติม")
    chat.press("บ้านโคกดี")
    assert chat.answers() == {"q": "v11"}


def test_a_long_list_is_searched_by_a_part_of_a_name() -> None:
    chat = answering(box("select_one c"), choices=listed(*VILLAGES))
    assert '"บัว" ตรงกับ 4 รายการ' in chat.say("บัว")
    assert chat.labels() == ["บ้านหนองบัว", "บ้านนาบัว", "บ้านโคกบัว", "บ้านห้วยบัว"]
    chat.say("โคกบัว")
    assert chat.answers() == {"q": "v10"}


def test_a_long_list_forgives_a_slip_and_takes_no_number_for_a_place() -> None:
    chat = answering(box("select_one c"), choices=listed(*VILLAGES))
    chat.say("2")
    assert chat.answers() == {}
    chat.say("บ้านหนองบว")
    assert chat.answers() == {"q": "v0"}


def test_a_list_of_thousands_is_never_rendered_whole() -> None:
    chat = answering(box("select_one c"), choices=listed(*(f"ตำบลที่{place:04d}ก" for place in range(3000))))
    assert len(chat.labels()) == 12
    assert "ตรงกับ 1,000 รายการ แสดง 10 รายการแรก" in chat.say("ที่0")
    assert len(chat.labels()) == 10
    chat.say("ตำบลที่2718ก")
    assert chat.answers() == {"q": "v2718"}


def test_several_of_a_long_list_over_pages_and_by_typing() -> None:
    chat = answering(box("select_multiple c"), choices=listed(*VILLAGES))
    chat.press("บ้านหนองดี")
    chat.press("เพิ่มเติม")
    chat.press("บ้านห้วยดี")
    assert chat.labels()[0] == "พอแล้ว"
    assert "✔ บ้านห้วยดี" in chat.labels()
    chat.say("นาดี")
    chat.say("พอแล้ว")
    assert chat.answers() == {"q": "v1 v16 v6"}
    chat = answering(box("select_multiple c"), choices=listed(*VILLAGES))
    chat.say("นาดี, โคกสูง")
    assert chat.answers() == {"q": "v6 v12"}


def test_a_filtered_list_offers_and_finds_only_what_the_filter_leaves() -> None:
    choices: list[dict[str, str]] = [
        {"list_name": "d", "name": "a", "label": "เมือง"},
        {"list_name": "d", "name": "b", "label": "ภูเรือ"},
        *({"list_name": "c", "name": f"a{n}", "label": f"บ้านเหนือ {n}", "d": "a"} for n in "กขคงจฉชซญฎฏฐฑฒ"),
        *({"list_name": "c", "name": f"b{n}", "label": f"บ้านใต้ {n}", "d": "b"} for n in "กข"),
    ]
    first = {"type": "select_one d", "name": "d", "label": "อำเภอ"}
    chat = answering(first, box("select_one c", choice_filter="d = ${d}"), choices=choices)
    chat.say("ภูเรือ")
    assert chat.labels()[:2] == ["1 บ้านใต้ ก", "2 บ้านใต้ ข"]
    chat.say("บ้านเหนือ ก")
    assert "q" not in chat.answers()
    chat.say("1")
    assert chat.answers()["q"] == "bก"


def test_other_asks_for_the_words_in_the_form_s_language() -> None:
    chat = answering(box("select_one c or_other", label="สี"), choices=listed("แดง", "เขียว"))
    assert chat.labels()[2] == "3 อื่น ๆ"
    assert "คำตอบอื่น ๆ ของ สี" in chat.say("อื่นๆ")
    chat.say("ม่วง")
    assert chat.answers() == {"q": "other", "q_other": "ม่วง"}


# -- rank, acknowledge, barcode ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["2 1 3", "2,1,3", "เขียว, แดง, ฟ้า"])
def test_an_order_is_typed(words: str) -> None:
    chat = answering(box("rank c"), choices=listed("แดง", "เขียว", "ฟ้า"))
    assert "เช่น 2 1 3" in chat.screen
    assert "เขียว › แดง › ฟ้า" in chat.say(words)
    assert chat.answers() == {"q": "v1 v0 v2"}


def test_an_order_is_tapped_and_the_last_one_places_itself() -> None:
    chat = answering(box("rank c"), choices=listed("แดง", "เขียว", "ฟ้า"))
    assert "ลำดับที่เลือกแล้ว: ฟ้า" in chat.press("3 ฟ้า")
    chat.press("เริ่มเรียงใหม่")
    chat.press("2 เขียว")
    assert chat.labels() == ["เริ่มเรียงใหม่", "1 แดง", "3 ฟ้า"]
    chat.press("1 แดง")
    assert chat.answers() == {"q": "v1 v0 v2"}


@pytest.mark.parametrize("words", ["2 1", "1 1 3", "แดง", "1 2 9", "ทั้งหมด"])
def test_an_order_that_is_none_is_asked_again(words: str) -> None:
    chat = answering(box("rank c"), choices=listed("แดง", "เขียว", "ฟ้า"))
    chat.say(words)
    assert chat.answers() == {}


@pytest.mark.parametrize("words", ["รับทราบ", "ทราบแล้วครับ", "ใช่", "ตกลง"])
def test_something_to_be_noted_is_noted(words: str) -> None:
    chat = answering(box("acknowledge"))
    assert "ขอเพียงให้รับทราบ" in chat.say("ไม่รู้เรื่อง")
    chat.say(words)
    assert chat.answers() == {"q": "OK"}


def test_the_number_under_bars_is_typed() -> None:
    chat = answering(box("barcode"))
    chat.say("0885-0123")
    assert chat.answers() == {"q": "0885-0123"}


# -- places -----------------------------------------------------------------------------------------------------------
def test_a_location_message_is_a_place() -> None:
    chat = answering(box("geopoint"))
    assert chat.quick() == ["location"]
    assert "รับแล้ว: คำถาม 17.48, 101.72" in chat.message(**PLACE)
    assert chat.answers() == {"q": "17.48 101.72 0 0"}


@pytest.mark.parametrize("words", ["17.48, 101.72", "๑๗.๔๘ ๑๐๑.๗๒", "https://www.google.com/maps/@17.48,101.72,15z"])
def test_a_place_is_typed_or_a_map_s_link(words: str) -> None:
    chat = answering(box("geopoint"))
    chat.say(words)
    assert chat.answers() == {"q": "17.48 101.72 0 0"}


def test_places_that_are_doubtful_are_read_back_or_asked_for() -> None:
    chat = answering(box("geopoint"))
    assert "ลิงก์นี้ไม่มีพิกัด" in chat.say("https://maps.app.goo.gl/x")
    assert "อ่านเป็นพิกัดไม่ได้" in chat.say("หลังวัด")
    assert "สลับละติจูดกับลองจิจูด" in chat.say("101.72 17.48")
    chat.say("ใช่")
    assert chat.answers() == {"q": "17.48 101.72 0 0"}


def test_a_line_takes_places_until_enough() -> None:
    chat = answering(box("geotrace"))
    assert "อย่างน้อย 2 จุด" in chat.screen
    chat.message(**PLACE)
    assert "ต้องมีอย่างน้อย 2 จุด" in chat.say("พอแล้ว")
    chat.say("17.49, 101.73\n17.5, 101.74")
    assert "รับแล้ว 2 จุด" in chat.press("ลบจุดล่าสุด")
    assert "รับแล้ว: คำถาม 2 จุด" in chat.say("พอแล้ว")
    assert chat.answers() == {"q": "17.48 101.72 0 0;17.49 101.73 0 0"}


def test_an_area_ends_where_it_began() -> None:
    chat = answering(box("geoshape"))
    chat.say("17.48, 101.72; 17.49, 101.73; 17.5, 101.7")
    chat.press("พอแล้ว")
    points = chat.answers()["q"].split(";")
    assert (len(points), points[0]) == (4, points[-1])


# -- media ------------------------------------------------------------------------------------------------------------
SENT = {
    "image": {"id": "m7", "type": "image"},
    "audio": {"id": "m7", "type": "audio"},
    "video": {"id": "m7", "type": "video"},
    "file": {"id": "m7", "type": "file", "fileName": "รายงาน ประชุม.pdf"},
}
STORED = {"image": "m7.jpg", "audio": "m7.m4a", "video": "m7.mp4", "file": "m7_รายงาน_ประชุม.pdf"}


@pytest.mark.parametrize("kind", SENT)
def test_the_message_is_the_answer(kind: str) -> None:
    chat = answering(box(kind))
    assert "ต่อไป" in chat.message(**SENT[kind])
    assert chat.answers() == {"q": STORED[kind]}
    assert chat.terminal.values.answers["q"].meta["message_id"] == "m7"


@pytest.mark.parametrize("kind", SENT)
def test_words_are_no_medium(kind: str) -> None:
    chat = answering(box(kind))
    assert "ไม่ใช่ข้อความ" in chat.say("ยังไม่ได้ทำเลย")
    assert chat.answers() == {}


@pytest.mark.parametrize(
    ("kind", "sent", "words"),
    [
        ("image", "video", "ได้รับวิดีโอ แต่คำถามนี้ขอรูปถ่าย"),
        ("audio", "image", "ได้รับรูป แต่คำถามนี้ขอข้อความเสียง"),
        ("image", "file", "ได้รับไฟล์"),
    ],
)
def test_another_medium_is_told_politely(kind: str, sent: str, words: str) -> None:
    chat = answering(box(kind))
    assert words in chat.message(**SENT[sent])
    assert chat.answers() == {}


def test_a_required_photo_cannot_be_left_out_and_says_what_to_send() -> None:
    chat = answering(box("image", required="yes"))
    assert "กรุณาส่งรูปถ่ายในแชทนี้" in chat.say("ข้าม")


@pytest.mark.parametrize(
    ("typed", "kind", "value"), [("/photo", "image", "m1.jpg"), ("/file ก.pdf", "file", "m1_ก.pdf")]
)
def test_media_are_sent_in_the_terminal_by_a_word(typed: str, kind: str, value: str) -> None:
    chat = answering(box(kind))
    chat.say(typed)
    assert chat.answers() == {"q": value}


def test_a_place_is_sent_in_the_terminal_by_a_word() -> None:
    chat = answering(box("geopoint"))
    chat.say("/place 17.48 101.72")
    assert chat.answers() == {"q": "17.48 101.72 0 0"}


def test_a_picture_that_the_computer_sends_as_a_file_is_a_picture() -> None:
    chat = answering(box("image"))
    chat.message(id="m7", type="file", fileName="IMG_1.JPG")
    assert chat.answers() == {"q": "m7.jpg"}


def test_any_medium_is_a_file() -> None:
    chat = answering(box("file"))
    chat.message(**SENT["image"])
    assert chat.answers() == {"q": "m7.jpg"}


@pytest.mark.parametrize(
    ("appearance", "words"),
    [("signature", "ลงลายเซ็นบนกระดาษ"), ("draw", "วาดบนกระดาษ"), ("annotate", "ทำเครื่องหมายบนรูป")],
)
def test_what_would_be_drawn_is_asked_for_on_paper(appearance: str, words: str) -> None:
    chat = answering(box("image", appearance=appearance))
    assert words in chat.screen
    assert chat.quick() == ["camera", "cameraRoll"]


def test_one_album_answers_one_question_only() -> None:
    chat = answering(box("image"), {"type": "image", "name": "back", "label": "ด้านหลัง"})
    album = {"type": "image", "imageSet": {"id": "s1", "index": 1, "total": 2}}
    chat.message(id="m1", **album)
    assert "ใช้ตอบแล้วหนึ่งรูป" in chat.message(id="m2", **album)
    assert chat.answers() == {"q": "m1.jpg"}
    chat.message(id="m3", type="image")
    assert chat.answers() == {"q": "m1.jpg", "back": "m3.jpg"}


def test_a_photo_where_words_are_asked_is_kept_aside() -> None:
    chat = answering(box("text"))
    assert "เก็บไว้ให้" in chat.message(**SENT["image"])
    assert chat.answers() == {}


def test_a_place_where_a_photo_is_asked_is_told() -> None:
    chat = answering(box("image"))
    assert "ได้รับตำแหน่งที่ตั้ง" in chat.message(**PLACE)


# -- groups -----------------------------------------------------------------------------------------------------------
def group(*rows: dict[str, str]) -> list[dict[str, str]]:
    begin = {"type": "begin_group", "name": "g", "label": "บ้าน", "appearance": "field-list"}
    return [begin, *rows, {"type": "end_group", "label": ""}]


def test_boxes_of_a_group_that_one_message_cannot_answer_are_asked_one_by_one() -> None:
    rows = group(
        {"type": "select_one c", "name": "a", "label": "สี"},
        {"type": "integer", "name": "b", "label": "กี่หลัง"},
        {"type": "image", "name": "d", "label": "ภาพ"},
    )
    chat = answering(*rows, choices=listed("แดง", "เขียว"))
    assert "บ้าน\nสี" in chat.screen
    chat.say("1")
    assert "กี่หลัง" in chat.screen
    chat.say("1")
    assert "ภาพ\nกรุณาส่งรูปถ่าย" in chat.screen
    chat.message(**SENT["image"])
    assert chat.answers() == {"a": "v0", "b": "1", "d": "m7.jpg"}


def test_optional_boxes_of_a_group_are_each_asked() -> None:
    chat = answering(
        *group({"type": "text", "name": "a", "label": "ชื่อ"}, {"type": "time", "name": "b", "label": "เวลา"})
    )
    chat.say("สมชาย")
    assert "เวลา\nแตะปุ่ม" in chat.screen


def test_counts_of_a_group_are_still_asked_together() -> None:
    chat = answering(
        *group({"type": "integer", "name": "a", "label": "หลัง"}, {"type": "integer", "name": "b", "label": "คน"})
    )
    chat.say("3 7")
    assert chat.answers() == {"a": "3", "b": "7"}


# -- going back and changing ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "first", "second", "shown"),
    [
        ("time", "14.30 น.", "15.00 น.", "เดิม 14.30 น. → ใหม่ 15.00 น."),
        ("decimal", "1.5", "2.5", "เดิม 1.5 → ใหม่ 2.5"),
        ("geopoint", "17.48, 101.72", "17.5, 101.7", "เดิม 17.48, 101.72 → ใหม่ 17.5, 101.7"),
    ],
)
def test_going_back_changes_an_answer_of_any_kind(kind: str, first: str, second: str, shown: str) -> None:
    chat = answering(box(kind))
    chat.say(first)
    chat.say("ย้อน")
    assert shown in chat.say(second)


@pytest.mark.parametrize(
    ("kind", "words"), [("time", "q=14.30"), ("decimal", "7=1.5"), ("geopoint", "ช่อง 7 17.48, 101.72")]
)
def test_a_box_with_a_number_is_changed_by_it_in_its_own_kind(kind: str, words: str) -> None:
    row = {**box(kind), "bind::tidtam:box": "7"}
    form = form_of(
        [row, {"type": "text", "name": "after", "label": "ต่อไป"}],
        None,
        namespaces='tidtam="https://tidtam.example/xforms"',
    )
    assert form.questions["q"].box == 7
    chat = of_form(form)
    chat.say("ข้าม")
    chat.say(words.replace("q=", "7="))
    expected = {"time": "14:30:00.000+07:00", "decimal": "1.5", "geopoint": "17.48 101.72 0 0"}
    assert chat.answers() == {"q": expected[kind]}


def test_lists_and_media_have_their_names() -> None:
    assert {Kind.RANK} == LISTED - COMMON
    assert {Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.FILE} == MEDIA
