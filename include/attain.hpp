#pragma once

/** Everything of floors 0 to 4: what is asked, what was reported, how it is judged.

  Left out, because they cost more to compile than they are commonly worth: <attain/core/date_chrono.hpp>, conversions of dates
  to <chrono>; <attain/engine/custom.hpp>, functions of the user; and <attain/ledger/ledger_image.hpp>, a ledger as columns to be
  stored. Readers and writers are opt-in, one header for each format in <attain/io/>.
*/

#include <attain/core/answer.hpp>
#include <attain/core/arguments.hpp>
#include <attain/core/bounded_sum.hpp>
#include <attain/core/codes.hpp>
#include <attain/core/config.hpp>
#include <attain/core/date.hpp>
#include <attain/core/error.hpp>
#include <attain/core/exact_sum.hpp>
#include <attain/core/finding.hpp>
#include <attain/core/id.hpp>
#include <attain/core/memo.hpp>
#include <attain/core/number_text.hpp>
#include <attain/core/period.hpp>
#include <attain/core/random.hpp>
#include <attain/core/statistics.hpp>
#include <attain/core/unit.hpp>
#include <attain/core/version.hpp>
#include <attain/model/aim.hpp>
#include <attain/model/built_in_methods.hpp>
#include <attain/model/comparisons.hpp>
#include <attain/model/formula.hpp>
#include <attain/model/formula_node.hpp>
#include <attain/model/indicator.hpp>
#include <attain/model/method.hpp>
#include <attain/model/place.hpp>
#include <attain/model/portfolio.hpp>
#include <attain/model/programme.hpp>
#include <attain/model/programme_spec.hpp>
#include <attain/model/project.hpp>
#include <attain/model/roll_up.hpp>
#include <attain/model/target.hpp>
#include <attain/model/trajectory.hpp>
#include <attain/model/validate.hpp>
#include <attain/model/validate_method.hpp>
#include <attain/model/words.hpp>
#include <attain/ledger/binding.hpp>
#include <attain/ledger/digits.hpp>
#include <attain/ledger/entry.hpp>
#include <attain/ledger/ledger.hpp>
#include <attain/ledger/ledger_view.hpp>
#include <attain/ledger/observation.hpp>
#include <attain/ledger/observation_columns.hpp>
#include <attain/ledger/outliers.hpp>
#include <attain/ledger/plain.hpp>
#include <attain/ledger/quality.hpp>
#include <attain/ledger/quality_finding.hpp>
#include <attain/ledger/reading.hpp>
#include <attain/ledger/reading_terms.hpp>
#include <attain/ledger/rows.hpp>
#include <attain/ledger/slips.hpp>
#include <attain/judge/aggregate.hpp>
#include <attain/judge/attainment.hpp>
#include <attain/judge/decomposition.hpp>
#include <attain/judge/earned_value.hpp>
#include <attain/judge/expected.hpp>
#include <attain/judge/firmness.hpp>
#include <attain/judge/growth.hpp>
#include <attain/judge/method.hpp>
#include <attain/judge/normalise.hpp>
#include <attain/judge/progress_rules.hpp>
#include <attain/judge/traffic_light.hpp>
#include <attain/judge/treatment.hpp>
#include <attain/judge/weights.hpp>
#include <attain/engine/compare.hpp>
#include <attain/engine/compile.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/engine/earned_value.hpp>
#include <attain/engine/evaluate.hpp>
#include <attain/engine/evaluation.hpp>
#include <attain/engine/explain.hpp>
#include <attain/engine/gather.hpp>
#include <attain/engine/judging.hpp>
#include <attain/engine/measures.hpp>
#include <attain/engine/read.hpp>
#include <attain/engine/roll_up.hpp>
#include <attain/engine/tracker.hpp>
#include <attain/engine/uncertainty.hpp>
