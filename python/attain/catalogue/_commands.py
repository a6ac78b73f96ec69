"""What people read on the command line, its help included: by key, in English and Chinese."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # the help of the whole
    "help_attain": (
        (
            "How far published commitments have come, and why.\n\n"
            "A FOLDER holds programme.json (what is promised) and observations.csv (what was reported).\n\n"
            "Exit codes: 0 all is well; 1 an input is wrong; 2 the command was not understood."
        ),
        (
            "公开承诺完成到什么程度，依据是什么。\n\n"
            "FOLDER是一个文件夹，内有programme.json（承诺了什么）和observations.csv（报送了什么）。\n\n"
            "退出码：0表示正常；1表示输入有误；2表示命令有误。"
        ),
    ),
    "help_examples": ("Examples:", "示例："),
    "metavar_options": ("[OPTIONS]", "[选项]"),
    "metavar_command": ("COMMAND [ARGS]...", "命令 [参数]…"),
    # the help of each command, and its line in the list of commands
    "help_check": (
        "Says everything that is wrong with the files of FOLDER.\n\nExit code 1 if there is an error. Warnings refuse nothing.",
        "列出FOLDER中文件的全部问题。\n\n有错误时退出码为1；警告不影响使用。",
    ),
    "short_check": ("Says everything that is wrong with the files of FOLDER.", "列出文件的全部问题。"),
    "help_quality": (
        (
            "Says what of the reports of FOLDER is missing, late, doubtful or contradictory.\n\n"
            "The table has the scores of the whole and the findings, warnings first; what cannot be detected is summed up in one line. JSON has all scores and findings, CSV the findings. A "
            "finding is a question and no error: the exit code is 0 whatever is found."
        ),
        (
            "列出FOLDER的报送中缺报、迟报、可疑或相互矛盾之处。\n\n"
            "表格先列总体评分，再列各项发现，警告在前；无法检验的只列总数。JSON含全部评分和发现，CSV仅含发现。发现只是提请核实，不是错误：无论发现什么，退出码都为0。"
        ),
    ),
    "short_quality": ("Says what of the reports is missing, late or doubtful.", "列出报送中缺报、迟报或可疑之处。"),
    "help_evaluate": (
        (
            "Evaluates the programme of FOLDER as of a day.\n\n"
            "The table has a line for the programme, each project and each target; what was never reported stands at the end, by reason. JSON "
            "has all answers of all projects and targets, CSV those of the targets. With several methods the first is in front, and what they "
            "disagree about follows the table."
        ),
        (
            "评估FOLDER的清单截至某日的完成情况。\n\n"
            "表格中清单、每个项目和每个目标项各占一行，从未报送的按原因列在最后。JSON含所有项目和目标项的全部结果，CSV仅含目标项。"
            "有多种评判方法时以第一种为准，各方法的分歧列在表后。"
        ),
    ),
    "short_evaluate": ("Evaluates the programme of FOLDER as of a day.", "评估清单截至某日的完成情况。"),
    "help_explain": (
        "Says how the answers of the target or project ID of FOLDER came about.",
        "说明FOLDER中编号为ID的目标项或项目的结果是如何得出的，并列出所依据的报送。",
    ),
    "short_explain": ("Says how the answers of a target or project came about.", "说明目标项或项目的结果如何得出。"),
    "help_compare": (
        "Says why the programme of FOLDER, or a project of it, moved between two days.",
        "说明FOLDER的清单或其中一个项目在两日之间变化的原因。",
    ),
    "short_compare": ("Says why the programme moved between two days.", "说明清单在两日之间变化的原因。"),
    "help_report": (
        (
            "Writes the report of FOLDER for people: one HTML page, or the same as Markdown or a workbook.\n\n"
            "The page needs no network and no script to be read, prints to A4, and fits a phone."
        ),
        (
            "写出FOLDER的进度报告，供人阅读：一个HTML网页，或同样内容的Markdown或工作簿。\n\n"
            "网页无需联网和脚本即可阅读，可按A4打印，适合手机。"
        ),
    ),
    "short_report": ("Writes the report for people: a page, Markdown or a workbook.", "写出供人阅读的报告：网页、Markdown或工作簿。"),
    "help_template": (
        (
            "Writes a workbook for a reporting office: one row for each number that is due by a day and was not reported.\n\n"
            "The office fills in the yellow cells; attain import takes the workbook back."
        ),
        (
            "为填报单位写出一个工作簿：截至某日应报而未报的每个数占一行。\n\n"
            "填报单位填写黄色单元格，再用attain import收回。"
        ),
    ),
    "short_template": ("Writes a workbook for a reporting office to fill in.", "写出供单位填报的工作簿。"),
    "help_import": (
        (
            "Takes a filled WORKBOOK back: appends what it reports to the observations.csv of FOLDER.\n\n"
            "All or nothing: if a cell is wrong, all that is wrong is said and nothing is written. Importing a workbook twice adds nothing.\n\n"
            "WORKBOOK may also be rows of your own: a CSV file, or a workbook with a sheet named observations, in the columns of observations.csv "
            "in English or Chinese."
        ),
        (
            "收回填好的WORKBOOK：把其中的报送追加到FOLDER的observations.csv。\n\n"
            "要么全部写入，要么什么也不写：只要有一个单元格有误，就列出全部问题而不写入。重复导入同一工作簿不会增加内容。\n\n"
            "WORKBOOK也可以是自己的记录：CSV文件，或含observations工作表的工作簿，列名同observations.csv，中英文均可"
            "（指标、地区、报告期、数量等）。"
        ),
    ),
    "short_import": ("Takes a filled workbook back.", "收回填好的工作簿。"),
    "help_workbook": (
        "Writes the programme and the observations of FOLDER as one workbook, which every command takes in place of a folder.",
        "把FOLDER的清单和报送写成一个工作簿，各命令都可用它代替文件夹。",
    ),
    "short_workbook": ("Writes the programme and the observations as one workbook.", "把清单和报送写成一个工作簿。"),
    "help_methods": (
        "Lists the methods that come with attain: where each is from, and whether it was checked against its publisher.",
        "列出自带的评判方法：各自的来源，以及是否已与发布者核对。",
    ),
    "short_methods": ("Lists the methods that come with attain, with their sources.", "列出自带的评判方法及其来源。"),
    "help_schema": (
        "Prints the JSON Schema of programme.json or of a method file, for editors and validators.",
        "打印programme.json或方法文件的JSON Schema，供编辑器和校验工具使用。",
    ),
    "short_schema": ("Prints the JSON Schema of programme.json or a method file.", "打印programme.json或方法文件的JSON Schema。"),
    # options, those of one command after those that mean the same everywhere
    "option_as_of": ("What had happened, at the close of this day.", "截至这一天（含当日）的情况。"),
    "option_known_at": ("What had been reported by this day; everything if left out.", "只用这一天以前的报送；不写则用全部报送。"),
    "option_place": ("At this place, instead of each target's own.", "这一地区的结果，而不是各目标项自己的地区。"),
    "option_language": ("Of what people read.", "供人阅读的内容所用的语言。"),
    "option_encoding": ("Of observations.csv; gb18030 is GBK and GB 2312 as well.", "observations.csv的编码；gb18030也包括GBK和GB 2312。"),
    "option_as_json": ("Print JSON, for programs.", "打印JSON，供程序使用。"),
    "option_form": ("How to print it.", "打印的形式。"),
    "option_form_json": ("The same as --format json.", "同--format json。"),
    "option_includes": ("Print the folder of the C++ headers.", "打印C++头文件所在的文件夹。"),
    "option_cmakedir": ("Print the folder of the CMake package.", "打印CMake包所在的文件夹。"),
    "option_version": ("Print the version.", "打印版本号。"),
    "option_help": ("Show this message and exit.", "显示本说明。"),
    "option_quality_days_to_report": (
        "From the end of a period to the day by which its report is due; the allowed lag of the indicator if left out.",
        "报告期结束后应在几天内报送；不写则为指标所允许的时滞。",
    ),
    "option_quality_only": (
        "Findings of this check alone; may be given several times.",
        "只列这一检查的发现；可重复使用。",
    ),
    "option_quality_everything": (
        "List each test that cannot detect anything for too few amounts, too; the table sums them up.",
        "逐条列出因数据过少无法检验的各项；表格默认只列其总数。",
    ),
    "option_evaluate_method": (
        "Judge by this method instead of the programme's; more than one are compared.",
        "按这一方法而不是清单所定的方法评判；给出多种则相互比较。",
    ),
    "option_compare_start": ("The earlier as-of day.", "较早的截止日。"),
    "option_compare_start_known_at": (
        "What had been reported by this day, for the earlier one: as its report showed it, before later corrections.",
        "较早的截止日只用这一天以前的报送：与当时的报告一致，不含以后的更正。",
    ),
    "option_compare_end": ("The later as-of day.", "较晚的截止日。"),
    "option_compare_project": ("Of this project, instead of the whole.", "这一项目，而不是总体。"),
    "option_report_since": (
        "The as-of day of the last report: what changed is told against it.",
        "上次报告的截止日：变化以它为准。",
    ),
    "option_report_since_known_at": (
        "What had been reported by this day, for the last report: as it showed it, before later corrections. Left out, what is known now.",
        "上次报告只用这一天以前的报送：与当时的报告一致，不含以后的更正；不写则按现有报送计算。",
    ),
    "option_report_days_to_report": (
        "For the data quality: from the end of a period to the day by which its report is due; the allowed lag of the indicator if left out.",
        "数据质量部分：报告期结束后应在几天内报送；不写则为指标所允许的时滞。",
    ),
    "option_method": ("Judge by this method instead of the programme's.", "按这一方法而不是清单所定的方法评判。"),
    "option_report_path": ("The file to write: .html, .md or .xlsx.", "要写的文件：.html、.md或.xlsx。"),
    "option_template_path": ("The workbook to write, .xlsx.", "要写的工作簿，.xlsx。"),
    "option_template_place": ("Ask for this place and those in it only.", "只要求填报这一地区及其下级。"),
    "option_template_unit": ("Ask for projects only for which this unit is responsible.", "只要求填报由这一单位负责的项目。"),
    "option_template_latest": (
        "Ask for the latest period only, not for earlier ones that nobody reported.",
        "只要求填报最近一期，不含以前未报的各期。",
    ),
    "option_import_recorded": ("When it was reported, instead of the day in the workbook.", "报送日期，代替工作簿中填写的日期。"),
    "option_import_author": ("By whom, instead of the name in the workbook.", "报送人，代替工作簿中填写的姓名。"),
    "option_import_dry_run": ("Check everything and write nothing.", "只检查，不写入。"),
    "option_workbook_path": ("The workbook to write, .xlsx.", "要写的工作簿，.xlsx。"),
    "option_schema_path": ("Print where the file lies, instead of the file.", "打印文件的位置而不是内容。"),
    # what commands say when they are done
    "said_checked": (
        "{programme}: {projects:project|projects}, {targets:target|targets}, {entries:observation|observations}",
        "{programme}：{projects}个项目，{targets}个目标项，{entries}条报送",
    ),
    "said_counts": ("{errors:error|errors}, {warnings:warning|warnings}", "错误{errors}个，警告{warnings}个"),
    "said_asked": ("{path}: {count:number|numbers} to report", "{path}：须填报{count}个数"),
    "said_nothing_due": ("{path}: nothing is due", "{path}：没有须填报的数"),
    "said_imported": (
        "{path}: {added} added, {known} already there, {empty} not filled in",
        "{path}：新增{added}条，已有{known}条，未填{empty}条",
    ),
    "said_would_import": (
        "{path}: {added} would be added, {known} already there, {empty} not filled in",
        "{path}：将新增{added}条，已有{known}条，未填{empty}条",
    ),
    # what was not understood
    "wrong_file": (
        "{path} is a file, and neither a folder nor a workbook (.xlsx).{meant}",
        "{path}是一个文件，既不是文件夹也不是工作簿（.xlsx）。{meant}",
    ),
    "wrong_suffix": ("{what} is written as {suffixes}, not as {path}", "{what}应写成{suffixes}，而不是{path}"),
    "wrong_since": ("this is about the last report, and --since does not say which", "这是关于上次报告的，而没有用--since指明上次报告"),
    "wrong_id": ("the programme has no {kind} {id}.{meant}", "清单中没有{kind}{id}。{meant}"),
    "wrong_meant": (" Did you mean {near}?", "是否指{near}？"),
    "wrong_or": (" or ", "或"),
    "wrong_method": ("{problem}. attain methods lists those that come with it.", "{problem}。可用attain methods列出自带的方法。"),
    "error": ("error: {problem}", "错误：{problem}"),
    "kind_place": ("place", "地区"),
    "kind_project": ("project", "项目"),
    "kind_id": ("id", "编号"),
    "kind_unit": ("responsible unit", "责任单位"),
    "what_report": ("a report", "报告"),
    "what_workbook": ("a workbook", "工作簿"),
    # long work
    "phase_reading": ("Reading the reports", "读取报送"),
    "phase_indexing": ("Sorting the reports", "整理报送"),
    "phase_compiling": ("Preparing", "准备"),
    "phase_judging": ("Judging", "评判"),
    "phase_explaining": ("Explaining the targets", "说明各目标项"),
}
