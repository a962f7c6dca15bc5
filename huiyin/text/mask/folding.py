"""Reads many ways of writing a sign as one, sign for sign, so that offsets stay those of the original."""

ZERO_WIDTH = "\u200b"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff\u20e3"
_DASHES = "‐‑‒–—―−─﹣－ー"
# Traditional signs that occur in names, places and the words around personal data, beside their simplified forms.
_TRADITIONAL = (
    "電电話话機机號号碼码聯联繫系係系絡络樓楼棟栋單单層层戶户業业車车郵邮證证銀银賬账帳账戸户門门間间區区張张陳"
    "陈劉刘楊杨趙赵黃黄吳吴孫孙馬马鄭郑謝谢韓韩馮冯蕭萧許许鄧邓葉叶蘇苏盧卢蔣蒋賈贾鍾钟鐘钟陸陆龍龙萬万錢钱湯汤"
    "嚴严賴赖龔龚顧顾鄒邹塗涂歐欧陽阳諸诸東东聞闻齊齐倫伦寧宁紀纪項项閻阎鄔邬駱骆麥麦莊庄畢毕喬乔魯鲁國国華华偉"
    "伟強强軍军輝辉麗丽靜静蘭兰鳳凤榮荣貴贵慶庆寶宝義义傑杰濤涛鵬鹏飛飞雲云亞亚嬌娇艷艳瓊琼蓮莲愛爱衛卫鋒锋剛刚"
    "劍剑興兴紅红鋼钢鐵铁銘铭學学書书澤泽賢贤維维紹绍羅罗師师這这個个們们為为與与從从說说稱称聽听來来對对開开關"
    "关請请問问讓让給给過过還还沒没時时後后兒儿媽妈爺爷歲岁歳岁級级園园醫医護护隊队長长總总經经員员鄰邻處处辦办"
    "導导報报訴诉應应滬沪遼辽贛赣閩闽粵粤"
)
_DIGIT_SIGNS = (
    "〇0零0一1二2三3四4五5六6七7八8九9幺1壹1贰2貳2叁3參3肆4伍5陆6陸6柒7捌8玖9"
    "⓪0①1②2③3④4⑤5⑥6⑦7⑧8⑨9❶1❷2❸3❹4❺5❻6❼7❽8❾9⑴1⑵2⑶3⑷4⑸5⑹6⑺7⑻8⑼9⒈1⒉2⒊3⒋4⒌5⒍6⒎7⒏8⒐9"
    "⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9"
)


def _pairs(signs: str) -> dict[int, str]:
    return {ord(signs[at]): signs[at + 1] for at in range(0, len(signs), 2)}


def _narrow_table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= _pairs(_TRADITIONAL)
    table |= {ord(sign): " " for sign in _SPACES}
    table |= {ord(sign): "-" for sign in _DASHES}
    table |= {ord(sign): ZERO_WIDTH for sign in _INVISIBLE}
    return table


def _digit_table() -> dict[int, str]:
    table = _pairs(_DIGIT_SIGNS)
    for zero in (0x0660, 0x06F0, 0x0966, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6):
        table |= {zero + value: str(value) for value in range(10)}
    return table


_NARROW = _narrow_table()
_DIGITS = _digit_table()
_LOOKALIKES = _DIGITS | _pairs("O0o0Ｏ0l1I1|1")


def narrowed(text: str) -> str:
    """The text with full-width signs, odd spaces and dashes and common traditional signs unified; same length."""
    return text.translate(_NARROW)


def with_digits(narrow: str) -> str:
    """The narrowed text with written, circled and foreign digits as 0-9; same length."""
    return narrow.translate(_DIGITS)


def with_lookalikes(narrow: str) -> str:
    """The narrowed text with digits as 0-9 and also O as 0, l and I as 1; same length. Only for phone numbers."""
    return narrow.translate(_LOOKALIKES)
