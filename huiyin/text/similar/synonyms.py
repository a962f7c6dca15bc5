"""Words that say the same in appeals, and phrases that say nothing about the matter; lists of our own."""

import re

# First the word every other one of its line is read as.
_GROUPS = """
电梯 升降梯 升降机 直梯
噪音 噪声 吵闹声 吵闹 杂音 响声
扰民 影响居民 打扰居民 影响休息 影响睡眠 无法入睡 睡不着觉 睡不着
物业 物管 物业公司 物业管理公司 物业管理处 物管公司 管理处
停车 泊车 停放车辆 停放
车位 停车位 泊位 车位子
漏水 渗水 漏雨 渗漏 滴水
垃圾 废弃物 生活垃圾 废物
路灯 街灯 照明灯
坏 损坏 坏掉 故障 失灵 破损 毁坏 出故障 出问题 不能用 用不了
维修 修理 检修 抢修 修复 修缮 整修 修
拖欠 欠付 未支付 没有支付 不发 未发 没发 欠
工资 薪水 薪酬 工钱 薪资 劳务费 劳动报酬 血汗钱
公交 公交车 公共汽车 巴士
地铁 轨道交通 轻轨
小孩 孩子 儿童 子女 小朋友
老人 老年人 长者 老人家 老大爷老大妈
尽快 尽早 赶快 赶紧 抓紧 早日 及早 快点 马上 立即 尽速
解决 处理 办理 整改 处置 整治 治理
希望 盼望 恳请 请求 期盼 恳求 要求 望
投诉 举报 反映 反应 反馈 控诉
领导 政府 书记 市长 有关部门 相关部门 主管部门
开发商 房产商 地产商 房地产商 房开商
房产证 不动产证 产权证 不动产权证 房产权证
违建 违章建筑 违法建筑 违规建筑 违章搭建 私搭乱建 乱搭乱建
涨价 提价 加价 上涨 提高价格
拥堵 堵车 塞车 堵塞 堵得厉害
施工 建设 修建 动工 修路 开工 作业
夜里 晚上 半夜 深夜 夜间 凌晨 夜晚 大半夜 深更半夜
白天 日间
早上 早晨 清晨 清早 一大早
严重 厉害 恶劣 很大
影响 干扰 妨碍 打扰 困扰
居民 住户 业主 群众 市民 百姓 老百姓 村民
没有 没 无 未 无人 没人
附近 周边 旁边 周围 边上 一带
臭味 异味 恶臭 臭气 怪味 难闻
自来水 用水 供水
停电 断电 没电
停水 断水 没水
暖气 供暖 取暖 供热
学校 校方
教师 老师
医院 院方
现在 目前 如今 当前 眼下
已经 早已 早就
一直 始终 从来 总是 老是 经常 常常 时常 长期 多次 反复 三番五次 屡次
今年 本年 本年度
大量 许多 很多 不少 众多
因为 由于
但是 可是 然而 不过
非常 十分 特别 极其 很 相当 太
询问 咨询 请问 问一下 想问 打听
出现 发生 存在
乱停乱放 乱停 乱放 违停 违规停放 违章停车 乱停车
占用 占据 霸占 侵占 占
购买 买 购置 购入
销售 出售 售卖 卖
补贴 补助 津贴
安装 加装 装 装设 设置
拆除 拆掉 拆迁 拆
清理 清运 打扫 清扫 打扫卫生 清除
污染 污水 脏水
广场舞 跳舞 跳广场舞
烧烤 烧烤店 烧烤摊 夜宵摊
狗 犬 犬只 大型犬 宠物狗
危险 不安全 安全隐患 隐患
道路 马路 路面 公路
价格 价钱 售价
退款 退钱 退费 返还
答复 回复 回应 回答 说法 交代
不给 不予 拒绝 拒不 不肯
检查 核查 调查 查处 排查 核实
上学 入学 就读 读书 就学
小区 社区 院子 大院 家属院
楼 栋 号楼 幢 号栋 座 号院楼
"""
_EMPTY = """
尊敬的 各位 您好 你好 领导好 谢谢 感谢 万分感谢
非常感谢 不胜感激 望回复 盼回复 请回复 望解决 敬请 此致 敬礼 百忙之中 拜托
我是 我们 我家 我 我叫 本人 你们 他们 大家 咱们 自己 一名 一位 一个 这个 那个 这些 那些 这样 那样 这里 那里 这边 那边
希望 要求 请求 尽快 请问 咨询 反映 投诉 举报 建议 关于 情况 问题 事情 解决 领导 居民
部门 单位 相关 有关
什么时候 什么 怎么 为什么 为何 何时 如何 是否 能否 可否 能不能 可不可以 可以 应该 需要 必须
的 了 是 在 和 也 都 就 着 吗 呢 吧 啊 呀 地 得 之 与 及 或 而 但 把 被 让 给
对 向 从 到 为 又 还 再 才 请 于 以 其 此 该
"""


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _GROUPS.strip().split("\n"):
        first, *others = line.split()
        for other in others:
            table.setdefault(other, first)
    return table


_READ_AS = _table()
_SYNONYM = re.compile("|".join(sorted(_READ_AS, key=len, reverse=True)))
_SAYS_NOTHING = re.compile("|".join(sorted(_EMPTY.split(), key=len, reverse=True)))


def unified(text: str) -> str:
    """The text with synonyms read as one word each; longer words win."""
    return _SYNONYM.sub(lambda at: _READ_AS[at.group()], text)


def without_courtesy(text: str) -> str:
    """The text with phrases that do not tell the matter replaced by a space."""
    return _SAYS_NOTHING.sub(" ", text)
