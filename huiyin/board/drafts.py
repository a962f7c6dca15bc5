"""What the two people see who settle a notice: words beside their originals, photos beside their covered copies."""

from typing import Any

from django.utils.translation import gettext as _

from huiyin.access import policy
from huiyin.access.rules import holds
from huiyin.attachments.models import Attachment
from huiyin.board import marks
from huiyin.board.forms import CoverForm, NoticeForm, WithholdForm
from huiyin.design.sentences import sentence
from huiyin.kernel.errors import DomainError
from huiyin.people.actors import Actor
from huiyin.publication import comparison
from huiyin.publication.models import Notice

State = Notice.State


def preparing(notice: Notice, form: NoticeForm, *, cover: CoverForm | None = None) -> dict[str, Any]:
    """The first person's page."""
    words = [marks.marked(each) for each in comparison.words(notice)]
    return {
        "notice": notice,
        "form": form,
        "words": [(each, form[each.field]) for each in words],
        "pictures": pictures(notice),
        "cover": cover,
        "is_editable": notice.state in (State.DRAFT, State.PREPARED),
    }


def pictures(notice: Notice) -> list[tuple[Attachment, Attachment | None]]:
    """Each original photo with its newest masked copy."""
    masked = {file.masked_from_id: file for file in comparison.masked_photos([notice.pk])}
    return [(original, masked.get(original.pk)) for original in comparison.originals(notice)]


def releasing(actor: Actor, notice: Notice, reason: WithholdForm, *, refused: DomainError | None) -> dict[str, Any]:
    """The second person's page."""
    return {
        "notice": notice,
        "words": [marks.marked(each) for each in comparison.words(notice)],
        "pictures": pictures(notice),
        "reason": reason,
        "refused": sentence(refused) if refused else "",
        "is_prepared": notice.state == State.PREPARED,
        "is_released": notice.state == State.RELEASED,
        "may_withhold": notice.state in (State.DRAFT, State.PREPARED),
        "why_not": _why_not(actor, notice),
    }


def _why_not(actor: Actor, notice: Notice) -> str:
    """Why this person cannot release this notice; empty when they can."""
    if not holds(policy.notice_q(actor, "notice.release"), notice):
        return _("公示要由审核员、工作室主任或文员核对，您的岗位不能做这一步。")
    if notice.state == State.PREPARED and notice.prepared_by_id == actor.user_id:
        return _("这份稿子是您整理的。整理和核对不能是同一个人，请另一位同事核对后公示。")
    return ""
