"""What the library of the command line says by itself, in its English, as one and as several, and in Chinese.

It takes its texts from a catalogue of gettext: tools/make_click_catalogue.py writes that from here, and a test finds what is missing.
"""

from __future__ import annotations

TEXTS: tuple[tuple[str, str, str], ...] = (
    # help
    ("Usage:", "", "用法："),
    ("Options", "", "选项"),
    ("Commands", "", "命令"),
    ("Positional arguments", "", "参数"),
    ("Show this message and exit.", "", "显示本说明。"),
    ("Show the version and exit.", "", "打印版本号。"),
    ("%(prog)s, version %(version)s", "", "%(prog)s，版本%(version)s"),
    ("default: {default}", "", "默认：{default}"),
    ("env var: {var}", "", "环境变量：{var}"),
    ("required", "", "必填"),
    ("(dynamic)", "", "（自动得出）"),
    ("deprecated", "", "已停用"),
    ("file", "", "文件"),
    ("directory", "", "文件夹"),
    ("path", "", "路径"),
    # what was not understood
    ("Error: {message}", "", "错误：{message}"),
    ("Try '{command} {option}' for help.", "", "可用“{command} {option}”查看说明。"),
    ("Invalid value: {message}", "", "值不正确：{message}"),
    ("Invalid value for {param_hint}: {message}", "", "{param_hint}的值不正确：{message}"),
    ("Missing argument", "", "缺少参数"),
    ("Missing option", "", "缺少选项"),
    ("Missing parameter", "", "缺少参数"),
    ("Missing {param_type}", "", "缺少{param_type}"),
    ("Missing parameter: {param_name}", "", "缺少参数：{param_name}"),
    ("Missing command.", "", "缺少命令。"),
    ("Choose from:\n\t{choices}", "", "可选：\n\t{choices}"),
    ("No such option {name!r}.", "", "没有选项“{name}”。"),
    ("No such option: {name}", "", "没有选项“{name}”"),
    ("No such command {name!r}.", "", "没有命令“{name}”。"),
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", "是否指{possibilities}？"),
    ("(Possible options: {possibilities})", "", "（是否指{possibilities}？）"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", "多出的参数：{args}"),
    ("Option {name!r} does not take a value.", "", "选项“{name}”不带值。"),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", "选项“{name}”须带{nargs}个值。"),
    ("Argument {name!r} takes {nargs} values.", "", "参数“{name}”须有{nargs}个值。"),
    ("Takes {nargs} values but 1 was given.", "Takes {nargs} values but {len} were given.", "须有{nargs}个值，给出了{len}个。"),
    ("Value must be an iterable.", "", "值须为列表。"),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", "“{value}”不在可选范围内：{choices}。"),
    ("{value!r} is not a valid {number_type}.", "", "“{value}”不是正确的数。"),
    ("{value} is not in the range {range}.", "", "{value}不在{range}范围内。"),
    (
        "{value!r} is not a valid boolean. Recognized values: {states}",
        "",
        "“{value}”不是真假值。可用：{states}",
    ),
    ("{name} {filename!r} does not exist.", "", "“{filename}”不存在。"),
    ("{name} {filename!r} is a file.", "", "“{filename}”是文件，此处应为文件夹。"),
    ("{name} {filename!r} is a directory.", "", "“{filename}”是文件夹，此处应为文件。"),
    ("{name} {filename!r} is not readable.", "", "“{filename}”无法读取。"),
    ("{name} {filename!r} is not writable.", "", "“{filename}”无法写入。"),
    ("Could not open file {filename!r}: {message}", "", "文件“{filename}”无法打开：{message}"),
    ("unknown error", "", "未知错误"),
    ("Aborted!", "", "已中断！"),
)
"""Where there is one text for one and for several, Chinese has one for both."""
