"""How firm scores and ranks are: what one part decides, how far a weight may move, and what uncertain weights and data leave of the ranks.

    from attain import firmness

    sheet = firmness.scores_at_places(now)        # tree, weights and scores of an evaluation, or make them yourself
    of = {name: sheet[name] for name in ("parents", "weights", "scores")}
    firmness.leave_one_out(**of)
    firmness.stable_weights(**of)
    firmness.draw_ranks(**of, seed=1, draws=100_000, threads=2)
    firmness.ranks_table(now, seed=1).to_pandas() # the same for the places of an evaluation, as tables
"""

from attain._core import (
    draw_ranks,
    leave_one_out,
    leave_one_out_table,
    rank_shares_table,
    ranks_table,
    scores_at_places,
    stable_weights,
    stable_weights_table,
    tree_scores,
)

__all__ = [
    "draw_ranks", "leave_one_out", "leave_one_out_table", "rank_shares_table", "ranks_table", "scores_at_places", "stable_weights",
    "stable_weights_table", "tree_scores",
]  # fmt: skip
