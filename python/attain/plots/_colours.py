"""The colours of plots, whatever draws them."""

COLOURS = {
    "met": "#17693a",
    "on_track": "#1b5fa8",
    "at_risk": "#c77c02",
    "behind": "#b3261e",
    "missed": "#7a1410",
    "not_due": "#8a9096",
    "no_answer": "#c9cdd1",
    "reading_only": "#c9cdd1",
}
"""Of what a status means; its word always stands beside."""

SOFT, TRACK = "#8a9096", "#dfe3e6"
