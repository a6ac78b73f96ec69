"""Where the methods that come with attain are from, and what is to be known of them, in English and Chinese; as :mod:`attain.catalogue._errors`."""

from __future__ import annotations

from attain.catalogue._saying import Pair

SOURCES: tuple[Pair, ...] = (
    ("财政部, 项目支出绩效评价: 90–100 优, 80–89 良, 60–79 中, 0–59 差", "财政部，项目支出绩效评价：90–100为优，80–89为良，60–79为中，0–59为差"),
    (
        'schedule performance index, EV / PV (ANSI/EIA-748); lights of "Understanding EVA V2": from 0.95, from 0.85, below',
        "进度绩效指数EV÷PV（ANSI/EIA-748）；灯色依据“Understanding EVA V2”：0.95及以上、0.85及以上、以下",
    ),
    (
        "FEMA, MIP dashboard FAQ: SPI and CPI green from 0.95 to 1.05, yellow from 0.90 and to 1.10, red outside; the worse counts",
        "FEMA，MIP dashboard FAQ：SPI和CPI在0.95至1.05为绿灯，0.90以上、1.10以下为黄灯，之外为红灯；取较差者",
    ),
    (
        "German Sustainable Development Strategy, status symbols (open-sdg-site-starter, _pages/en/status.md)",
        "德国可持续发展战略的状态符号（open-sdg-site-starter，_pages/en/status.md）",
    ),
    (
        "The Global Fund, grant rating by indicator performance: A1 above 100 %, A2 90–100, B1 60–89, B2 30–59, C below 30",
        "全球基金按指标完成情况的评级：A1高于100 %，A2为90–100，B1为60–89，B2为30–59，C低于30",
    ),
    (
        "UNDP, Human Development Report 2023/24: groups of human development, cut on three decimals",
        "联合国开发计划署《人类发展报告2023/24》：人类发展水平的分组，按三位小数划分",
    ),
    (
        (
            "M. D. Mastrandrea et al., Guidance Note for Lead Authors of the IPCC Fifth Assessment Report on Consistent Treatment of "
            "Uncertainties (2010), table 1; the projection is the project's own"
        ),
        (
            "M. D. Mastrandrea et al., Guidance Note for Lead Authors of the IPCC Fifth Assessment Report on Consistent Treatment of "
            "Uncertainties (2010)，表1；推算方法为本工具自定"
        ),
    ),
    ("open-sdg/sdg-build, pull request 318 (head 6d3d128af882, June 2023)", "open-sdg/sdg-build，pull request 318（6d3d128af882，2023年6月）"),
    (
        "open-sdg/open-sdg, docs/progress-methodology.md (26d2e38700e4): Open SDG 2.4, after Statistics Canada",
        "open-sdg/open-sdg，docs/progress-methodology.md（26d2e38700e4）：Open SDG 2.4，依据加拿大统计局",
    ),
    (
        "open-sdg/sdg-build, sdg/ProgressMeasure.py (139fede74ba5): the constants of the code, rounded to four decimals",
        "open-sdg/sdg-build，sdg/ProgressMeasure.py（139fede74ba5）：采用代码中的常数，四舍五入到四位小数",
    ),
    (
        "SAP Strategy Management, achievement score 100 · actual / target; letters from 90, 80 and 70",
        "SAP Strategy Management，完成得分为100×实际÷目标；等级自90、80、70起",
    ),
    ("semantics, section S; thresholds of the attain project", "本工具规则说明第S节；阈值为本工具自定"),
    (
        "mercycorps/toladata (7ca89ab1e5f5), over and under scope of an indicator: actual to date / target to date",
        "mercycorps/toladata（7ca89ab1e5f5），指标高于或低于计划：至今实际÷至今目标",
    ),
    (
        "UN DESA, SDG Progress Chart 2023, technical note as restated by EUSTAT (EUSTAT-DES/site, _pages/en/metodologia.md)",
        "联合国经社部，SDG Progress Chart 2023技术说明，据EUSTAT转述（EUSTAT-DES/site，_pages/en/metodologia.md）",
    ),
)

CAVEATS: tuple[Pair, ...] = (
    (
        "the regulation's own wording was not read; the bands are taken as half-open, so that 89.5 is 良",
        "未核对规定原文；分档按左闭右开处理，故89.5为良",
    ),
    (
        "the standard fixes no thresholds; these are one published convention, printed to two decimals",
        "标准没有规定阈值；这里采用一种公开的惯例，按两位小数给出",
    ),
    (
        (
            "two versions of the FAQ differ on whether the indices of tasks are averaged; here money is summed first. "
            "A target has no cost index of its own and is judged by its SPI"
        ),
        "FAQ的两个版本对各任务的指数是否取平均说法不一；这里先合计资金。目标项没有自己的成本指数，按其SPI评判",
    ),
    (
        "nodes are ours: the strategy shows no symbol above an indicator, which has the worst of its targets (rule worst_status)",
        "汇总为本工具自定：该战略在指标以上不给符号，指标取其目标项中最差的（规则worst_status）",
    ),
    (
        (
            "the bands are printed in whole percent; a value is rounded half up to whole percent first. "
            "The downgrade for management issues is a judgement and not part of it"
        ),
        "分档按整数百分比给出，先四舍五入到整数百分比。因管理问题降级属于人为判断，不包括在内",
    ),
    (
        "the projection was chosen by backtests of the project's own; its chances are of the goal alone, not of data that come late",
        "推算方法由本工具回测选定；可能性只针对目标，不考虑迟报的数据",
    ),
    (
        "it had no roll-up: the bands of nodes are ours. The signs of the ratio mislead where the base is past the goal",
        "原方法没有汇总：汇总的分档为本工具自定。基数已超过目标时，比值的正负会误导",
    ),
    ("targets below 0 have no score: their quotient rewards missing them", "目标低于0的没有得分：其比值会奖励未达目标"),
    ("the thresholds are ours; no regulation with cut-offs is known", "阈值为本工具自定；未见有规定写明分界"),
    ("known through EUSTAT's restatement only", "仅据EUSTAT的转述得知"),
)
