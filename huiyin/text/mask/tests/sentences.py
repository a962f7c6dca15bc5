"""Makes the masking sentences: the same few thousand every time, each with the stretches that must be masked."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from huiyin.text.mask.findings import Kind
from huiyin.text.mask.tests import words


@dataclass(frozen=True)
class Sentence:
    """A sentence, its personal data as (start, end, kind), and the names of its known parties."""

    text: str
    gold: tuple[tuple[int, int, Kind], ...]
    known: tuple[str, ...] = ()


TEMPLATES = {
    "phone": """
        我的联系电话是{phone}，请尽快回复。| 电话{phone}，随时可以联系| 请打{phone}找我| 手机号{phone}{name_k}|
        {phone}这个号码是我邻居的| 有事请联系{phone}或者{phone}| 工作人员留的手机{phone}打不通|
        居民来电（{phone}）反映路灯不亮| Tel:{phone}| ☎{phone}| 我的号码：{phone}。| 他用{phone}发短信骂人|
        原号码{phone}已停用，现在用{phone}| 加我微信同号{phone}| 诉求人手机：{phone}，要求保密| 拨打{phone}无人接听|
        {phone}| 联系{phone}，{name_k}收|
        """,
    "landline": """
        家里座机{landline}| 办公室电话{landline}没人接| 请打{landline}| 固定电话：{landline}|
        传真{landline}，邮编100000|
        """,
    "id_card": """
        身份证号{id_card}，请帮助查询| 本人身份证{id_card}| 证件号码：{id_card}。|
        低保申请材料里身份证号码写错了，应该是{id_card}| {id_card}是我母亲的身份证|
        公民身份号码 {id_card}，电话{phone}| 患者{name_k}，{id_card}| 实名举报，身份证:{id_card}|
        """,
    "bank_card": """
        退款请打到银行卡{bank_card}| 卡号：{bank_card}，开户行工商银行| 补贴一直没有打到{bank_card}|
        我的农行卡{bank_card}被多扣了300元| 账户 {bank_card} 户名{name_k}| 请把押金退到{bank_card}|
        转账到{bank_card}后对方失联|
        """,
    "plate": """
        车牌{plate}长期占用消防通道| 一辆白色面包车{plate}堵住单元门口| {plate}的车主请挪车|
        车牌号是{plate}，已经停了半年| 黑色轿车（{plate}）逆行| {plate}、{plate}两辆车天天乱停| 出租车{plate}拒载|
        渣土车{plate}漏洒| 举报{plate}闯红灯|
        """,
    "email": """
        请把回复发到{email}| 邮箱：{email}| 我的email是{email}，谢谢| 材料已发{email}|
        """,
    "wechat_qq": """
        我的微信号是{wechat}| 加微信{wechat}联系| QQ：{qq}| qq号{qq}| 业主QQ群{qq}| VX：{wechat}|
        微信：{wechat}，电话{phone}|
        """,
    "house": """
        我住{estate}3号楼{unit}，楼上漏水| {estate}5栋{unit}长期扰民| {estate}12号楼{unit}的暖气不热|
        住户在{estate}2幢{unit}| {estate}A座{door}业主反映电梯困人| 家住{estate}8号楼{unit}，{name_k}|
        {estate}二号楼{unit}群租| {estate}6号楼{unit}往下扔垃圾，{unit}看到了|
        """,
    "known": """
        {known}反映楼上漏水| 诉求人{known}多次来电| 经核实，{known}家的暖气已修好| {known}与邻居因噪音发生争执|
        答复已送达{known}本人| {known}、{known}两户意见不一致| 请转告{known_spaced}| {known}的母亲行动不便|
        由{known}签字确认| 这件事{known}最清楚|
        """,
    "name": """
        居民{name}反映楼道灯坏了| 我叫{name}，住在{estate}| 我是{estate}的业主{name}| 联系人：{name}|
        投诉人{name}表示不满意| 我母亲{name}今年78岁| 楼上住户{name}半夜拖椅子| 户主{name}没有收到补贴|
        老人{name}独居，需要助餐| {name}（女，56岁）申请低保| {name}，男，45岁，反映停车难| 司机{name}态度恶劣|
        包工头{name}拖欠工资| 经理{name}说下周处理| 社区主任{name}答应协调| 我和邻居{name}发生纠纷| 找{name}签字|
        房东{name}不退押金| {name}女士来电反映噪音| {name}先生多次投诉| 向{name}老师求助没有结果|
        医生{name}开错了药| 患者{name}在医院走廊等了一天| {name}说这事不归他管| {name}在3号楼前私搭棚子|
        房子是{name}的| 业主代表{name}、{name}参加了会议| 由{name}负责联系施工队| 我的儿子{name}在外地打工|
        我丈夫{name}患有尿毒症| 物业工作人员{name}辱骂业主| {name}家漏水到楼下| 被{name}打伤|
        感谢网格员{name}热心帮忙| 感谢{name}同志| 举报{name}违规建房| 承租人{name}转租公房| 签名：{name}|
        此致敬礼 {name}| 快递员{name}把快件扔在门口| 法定代表人{name}失联| 与{name}签订了合同|
        {name}、{name}等人霸占车位| 把钱借给了{name}| 村民{name}家的宅基地| {name}和{name}两家因滴水吵架|
        {name}电话打不通| 申请人{name}，身份证已核验| 当事人姓名：{name}| {name}于上周到街道反映|
        {name}夫妇带孩子租住地下室| 队长{name}不给结工钱| 我爱人{name}的退休金少发了| 收款人{name}|
        """,
    "minor": """
        我儿子{child}今年8岁，在实验小学上学| 女儿{child}（10岁）被同学欺负| 学生{child}在学校摔伤|
        孩子叫{child}，读幼儿园大班| {child}小朋友走失| 我女儿小名{pet}，3岁| 男孩{child}，12岁，在小区走丢|
        孩子{child}在{school}读书| 我家孩子叫{pet}，上幼儿园| {school}学生{child}的家长反映作业太多|
        """,
}
SUFFIXES = ("", "。", "，希望尽快处理", "，请帮忙解决。", "！", "，谢谢领导")
PREFIXES = ("", "", "您好，", "尊敬的领导：", "反映一个问题，", "上周三，", "【补充】")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


def sentences(count: int = 2600) -> list[Sentence]:
    """Sentences with personal data, followed by every trap in three settings."""
    chance = random.Random(20250101)
    forms = [
        (kind, form.strip()) for kind, block in TEMPLATES.items() for form in re.split(r"[|\n]", block) if form.strip()
    ]
    made = [_filled(chance, forms[at % len(forms)][1]) for at in range(count)]
    made += [Sentence(prefix + trap, ()) for trap in words.TRAPS for prefix in ("", "您好，", "我想反映：")]
    return made


def _filled(chance: random.Random, form: str) -> Sentence:
    text, gold, known = chance.choice(PREFIXES), [], []
    for part in re.split(r"(\{\w+\})", form + chance.choice(SUFFIXES)):
        slot = part[1:-1] if part.startswith("{") else ""
        if slot in FILLERS:
            written, kind = FILLERS[slot](chance)
            if kind:
                gold.append((len(text), len(text) + len(written), kind))
            if kind is Kind.NAME_KNOWN:
                known.append(written.replace(" ", ""))
            text += written
        else:
            text += part
    return Sentence(text, tuple(gold), tuple(known))


def _phone(chance: random.Random) -> str:
    digits = "1" + chance.choice("3456789") + "".join(chance.choice("0123456789") for _ in range(9))
    form = chance.randrange(12)
    cut = (digits[:3], digits[3:7], digits[7:])
    if form < 6:
        return (digits, " ".join(cut), "-".join(cut), "+86" + digits, "86-" + digits, "．".join(cut))[form]
    if form == 6:
        return "".join(chr(ord(sign) + 0xFEE0) for sign in digits)
    if form == 7:
        return "".join("〇一二三四五六七八九"[int(sign)] for sign in digits)
    if form == 8:
        return "".join("零幺二三四五六七八九"[int(sign)] for sign in digits)
    return (" ".join(digits), "  ".join(cut), digits[:3] + "—" + digits[3:])[form - 9]


def _landline(chance: random.Random) -> str:
    area = chance.choice(("010", "021", "0755", "0731", "0532", "0349"))
    local = chance.choice("2345678") + "".join(chance.choice("0123456789") for _ in range(7 if len(area) == 3 else 6))
    return chance.choice(
        (f"{area}-{local}", f"({area}){local}", f"{area}{local}", f"{area} {local}", f"{area}－{local}转802")
    )


def _id_card(chance: random.Random) -> str:
    place = chance.choice(("110108", "440308", "310103", "370202", "140602", "510703", "430102"))
    born = f"{chance.randint(1935, 2015)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    body = place + born + f"{chance.randint(1, 999):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = "10X98765432"[sum(int(sign) * weight for sign, weight in zip(body, weights, strict=True)) % 11]
    number = body + chance.choice((check, check.lower()))
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number)
    fifteen = place + born[2:] + body[14:] if born.startswith("19") else number
    return chance.choice((number, number, number, spaced, wide, fifteen, number.replace(born, f"-{born}-")))


def _bank_card(chance: random.Random) -> str:
    prefix, length = chance.choice(
        (("622202", 19), ("621700", 19), ("622848", 19), ("436742", 16), ("520108", 16), ("955880", 19))
    )
    body = prefix + "".join(chance.choice("0123456789") for _ in range(length - 7))
    total = sum(sum(divmod(int(sign) * (2 if at % 2 == 0 else 1), 10)) for at, sign in enumerate(reversed(body)))
    number = body + str(-total % 10)
    grouped = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    return chance.choice(
        (number, number, grouped, grouped.replace(" ", "-"), "".join(chr(ord(sign) + 0xFEE0) for sign in number))
    )


def _plate(chance: random.Random) -> str:
    province, letter = chance.choice(_PROVINCES), chance.choice("ABCDEFGHJKL")
    signs = chance.choice("0123456789ABCDEFGHJ") + "".join(chance.choice("0123456789") for _ in range(4))
    green = chance.choice("DF") + "".join(chance.choice("0123456789") for _ in range(5))
    plain = province + letter + signs
    return chance.choice(
        (
            plain,
            f"{province}{letter}·{signs}",
            f"{province}{letter}{green}",
            f"{province} {letter} {signs}",
            plain.lower(),
            f"{province}{letter}-{signs}",
            f"{province}{letter}{signs[:4]}挂",
        )
    )


def _unit(chance: random.Random) -> str:
    unit, floor = chance.randint(1, 6), chance.randint(1, 28)
    door = f"{floor}0{chance.randint(1, 4)}" if floor < 10 else f"{floor}{chance.randint(1, 4):02}"
    return chance.choice(
        (
            f"{unit}单元{door}室",
            f"{unit}单元{door}",
            f"{door}室",
            f"{'零一二三四五六'[unit]}单元{floor}层东户",
            f"{unit}门{door}",
            f"{floor}楼{door}室",
            f"{unit}单元{floor}楼",
        )
    )


def _name_with_gap(chance: random.Random) -> str:
    name = chance.choice(words.NAMES)
    return name[0] + " " + name[1:]


def _email(chance: random.Random) -> str:
    user = chance.choice(("zhang_san88", "lihua", "w.fang", "a13579", "qingfeng2020"))
    return user + chance.choice(("@163.com", "@qq.com", "＠126.com", "@mail.example.cn", "@sina.com.cn"))


FILLERS: dict[str, Callable[[random.Random], tuple[str, Kind | None]]] = {
    "phone": lambda chance: (_phone(chance), Kind.PHONE),
    "landline": lambda chance: (_landline(chance), Kind.LANDLINE),
    "id_card": lambda chance: (_id_card(chance), Kind.ID_CARD),
    "bank_card": lambda chance: (_bank_card(chance), Kind.BANK_CARD),
    "plate": lambda chance: (_plate(chance), Kind.PLATE),
    "email": lambda chance: (_email(chance), Kind.EMAIL),
    "wechat": lambda chance: (chance.choice(("wxid_8k2j3h", "lihua-2020", "abc_123456", "Zhang13579")), Kind.WECHAT_QQ),
    "qq": lambda chance: (str(chance.randint(10**5, 10**10 - 1)), Kind.WECHAT_QQ),
    "unit": lambda chance: (_unit(chance), Kind.HOUSE_NUMBER),
    "door": lambda chance: (f"{chance.randint(1, 28)}0{chance.randint(1, 9)}", Kind.HOUSE_NUMBER),
    "estate": lambda chance: (chance.choice(words.ESTATES), None),
    "school": lambda chance: (chance.choice(("实验小学", "第三中学", "育才幼儿园")), None),
    "known": lambda chance: (chance.choice(words.NAMES), Kind.NAME_KNOWN),
    "known_spaced": lambda chance: (_name_with_gap(chance), Kind.NAME_KNOWN),
    "name": lambda chance: (chance.choice(words.NAMES), Kind.NAME_CONTEXT),
    "name_k": lambda chance: (chance.choice(words.NAMES), Kind.NAME_KNOWN),
    "child": lambda chance: (chance.choice(words.CHILDREN), Kind.MINOR),
    "pet": lambda chance: (chance.choice(words.PET_NAMES), Kind.MINOR),
}
