"""The roles of the field, as held through a post (source: domain seeds A1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is to the matters of a territory or a unit; stored values never change."""

    STUDIO_CLERK = "studio_clerk", _("工作室文员")
    STUDIO_DIRECTOR = "studio_director", _("工作室主任")
    LIAISON_OFFICER = "liaison_officer", _("民意沟通员")
    COMMUNITY_WORKER = "community_worker", _("社区专职工作者")
    GRID_WORKER = "grid_worker", _("网格员")
    INFORMATION_OFFICER = "information_officer", _("信息员")
    PARTY_DELEGATE = "party_delegate", _("党代表")
    NPC_DEPUTY = "npc_deputy", _("人大代表")
    CPPCC_MEMBER = "cppcc_member", _("政协委员")
    RESIDENT_REPRESENTATIVE = "resident_representative", _("居民代表")
    DISPATCHER = "dispatcher", _("派单员")
    REVIEWER = "reviewer", _("审核员")
    WORK_DEPARTMENT = "work_department", _("群众工作部工作人员")
    SUPERVISOR = "supervisor", _("督办员")
    UNIT_CONTACT = "unit_contact", _("单位联络员")
    UNIT_LEADER = "unit_leader", _("单位主要负责人")
    LEADER = "leader", _("领导")
    MEDIATOR = "mediator", _("调解员")
    LAWYER = "lawyer", _("律师")
    ARCHIVIST = "archivist", _("档案员")
    ENGINEER = "engineer", _("系统管理员")


REPRESENTATIVES = frozenset({Role.PARTY_DELEGATE, Role.NPC_DEPUTY, Role.CPPCC_MEMBER})
