"""Measures masking against its bars on sentences of our own, beside plain regular expressions in the same process.

.venv/bin/python bench/reading_mask.py
"""

import re
import time
from dataclasses import dataclass

from huiyin.text.mask import masking
from huiyin.text.mask.findings import Kind
from huiyin.text.mask.tests import measures, sentences

PLAIN = {
    Kind.PHONE: r"1[3-9]\d{9}",
    Kind.LANDLINE: r"0\d{2,3}-\d{7,8}",
    Kind.ID_CARD: r"\d{17}[\dXx]|\d{15}",
    Kind.BANK_CARD: r"\d{16,19}",
    Kind.PLATE: r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z\d]{5,6}",
    Kind.EMAIL: r"[\w.]+@[\w.]+",
    Kind.WECHAT_QQ: r"(?:微信|QQ)号?[:：]?(\w{5,})",
    Kind.HOUSE_NUMBER: r"\d+单元\d+室",
    Kind.NAME_CONTEXT: r"(?:我叫|姓名：|联系人：|居民|业主)([一-龥]{2,3})",
}
BARS = {
    Kind.ID_CARD: 1.0,
    Kind.BANK_CARD: 1.0,
    Kind.PHONE: 0.995,
    Kind.LANDLINE: 0.99,
    Kind.PLATE: 0.99,
    Kind.NAME_KNOWN: 1.0,
    Kind.EMAIL: 0.99,
    Kind.WECHAT_QQ: 0.99,
    Kind.HOUSE_NUMBER: 0.97,
    Kind.MINOR: 0.9,
    Kind.NAME_CONTEXT: 0.85,
}


@dataclass(frozen=True)
class Row:
    """One line of the table: the work, what the baseline and we measured, the bar, and whether it holds."""

    work: str
    baseline: str
    ours: str
    bar: str
    holds: bool


def rows() -> list[Row]:
    """Recall of every kind, precision of names, false alarms on traps, and speed."""
    given = sentences.sentences()
    count = measures.counted(given)
    table = [
        Row(f"mask {kind.value}: recall of {count.wanted[kind]}", _plain(given, kind), f"{count.recall(kind):.4f}",
            f">= {bar}", count.recall(kind) >= bar)
        for kind, bar in BARS.items()
    ]  # fmt: skip
    precision = count.precision(Kind.NAME_CONTEXT)
    table.append(Row("mask name_context: precision", "-", f"{precision:.4f}", ">= 0.9", precision >= 0.9))
    traps = [sentence for sentence in given if not sentence.gold]
    alarms = sum(bool(masking.mask(sentence.text).spans) for sentence in traps)
    table.append(Row(f"mask: {len(traps)} traps masked", "-", str(alarms), "<= 1 %", alarms <= 0.01 * len(traps)))
    started = time.process_time()
    for sentence in given:
        masking.mask(sentence.text)
    speed = len(given) / (time.process_time() - started)
    table.append(Row("mask: short texts per CPU second", "-", f"{speed:.0f}", ">= 2000", speed >= 2000))
    return table


def _plain(given: list[sentences.Sentence], kind: Kind) -> str:
    """Recall of the expression most programs begin with."""
    if kind not in PLAIN:
        return "-"
    wanted = hidden = 0
    for sentence in given:
        found = [at.span(at.lastindex or 0) for at in re.finditer(PLAIN[kind], sentence.text)]
        for start, end, of in sentence.gold:
            if of is kind:
                wanted += 1
                hidden += any(first <= start and end <= last for first, last in found)
    return f"{hidden / max(1, wanted):.4f} (plain expression)"


def main() -> None:
    """Print the table."""
    for row in rows():
        print(f"{'holds' if row.holds else 'FAILS':5}  {row.work:40}  {row.ours:>8}  {row.bar:>8}  {row.baseline}")


if __name__ == "__main__":
    main()
