"""How results look: text for terminals, HTML for notebooks. Nothing user-written reaches HTML unescaped.

Texts are in English where no language is asked for: a notebook asks for none, :func:`show` does for it.
"""

from attain._display._changes import change_html, change_table_text, change_text
from attain._display._evaluations import evaluation_html, evaluation_text, text_table, unreported_text
from attain._display._inputs import ledger_html, programme_html
from attain._display._quality import quality_html, quality_table_text, quality_text
from attain._display._results import result_html, result_text
from attain._display._shown import show
from attain._display._tables import column_text, table_html, table_text

__all__ = [
    "change_html", "change_table_text", "change_text", "column_text", "evaluation_html", "evaluation_text", "ledger_html", "programme_html",
    "quality_html", "quality_table_text", "quality_text", "result_html", "result_text", "show", "table_html", "table_text", "text_table",
    "unreported_text",
]
