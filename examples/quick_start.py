"""How far the invented year of examples/counties-lesson has come, why, and what changed since June. Run from the root of the checkout."""

import attain

plan = attain.read_programme("examples/counties-lesson")
book = attain.read_observations("examples/counties-lesson", plan)
june, now = attain.history(plan, book, days=["2021-06-30", "2021-09-30"])

print(attain.text_table(now))                    # in a notebook, `now` is a table by itself
print(now["22.1"].status)                        # on_track
print(now["22.1"].attainment)                    # 0.714…, the share of the way; None with a reason where there is no answer
print(now["1.1", "east"].gap)                    # of one county
print(now["22.1"].explain())                     # every step, with the rule that made it
print(attain.compare(june, now).change().sentence())  # … 64.8%, up 21.1 points: 6.8 from 12.1 Playground inspections, …

attain.report(now, since=june, language="zh").save("build/report.html")  # one page for people, in Chinese
