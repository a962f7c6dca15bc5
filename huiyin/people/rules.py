"""How personal data is shown to those who need not see it in clear. Pure."""

import re
from typing import Final

_MOBILE_DIGITS: Final = 11
_SPACES: Final = re.compile(r"[\s\-—()（）]+")


def normal_phone(phone: str) -> str:
    """A phone number without the spaces, dashes and brackets people put into it; a leading +86 falls away."""
    bare = _SPACES.sub("", phone)
    return bare.removeprefix("+86").removeprefix("0086")


def masked_name(name: str) -> str:
    """A name as it is shown in lists: the family name, the rest hidden (王**)."""
    name = name.strip()
    return f"{name[:1]}{'*' * max(1, min(len(name) - 1, 2))}" if name else ""


def masked_phone(phone: str) -> str:
    """A phone number as it is shown in lists: the first three and last four digits of a mobile, else the last two."""
    bare = normal_phone(phone)
    if len(bare) == _MOBILE_DIGITS and bare.startswith("1"):
        return f"{bare[:3]}****{bare[-4:]}"
    return f"****{bare[-2:]}" if bare else ""
