/** Data quality of reports, and the formulas behind it over plain numbers: what attain.outliers holds. */
#include "arrow_capsules.hpp"
#include "bind.hpp"
#include "plans.hpp"
#include "register.hpp"

#include <attain/core/error.hpp>
#include <attain/core/number_text.hpp>
#include <attain/io/table.hpp>
#include <attain/ledger/digits.hpp>
#include <attain/ledger/outliers.hpp>
#include <attain/ledger/quality.hpp>
#include <attain/ledger/slips.hpp>

#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace {

using attain::answer;
using attain::outlier_test;
using attain::quality_options;
using attain::quality_report;
using attain::io::table;

/// The value of a word of an option. Throws `invalid_option` with the words there are.
template <class Enum>
Enum word_of(const std::string& word, const std::string& option) {
  if (const auto value = attain::parse_word<Enum>(word)) return *value;
  refuse_option(option, word, attain::one_of(attain::words_of<Enum>()), "there is no such " + option);
}

template <class Class>
void set_outliers(Class& bound) {
  set_public_class(bound);
  bound.attr("__module__") = "attain.outliers";
}

std::string repr_of(const outlier_test& test) {
  const auto flag = [](bool set) { return set ? std::string("True") : std::string("False"); };
  return "attain.outliers.OutlierTest(variant='" + std::string(to_string(test.variant)) + "', threshold=" + attain::to_text(test.threshold) +
         ", at_threshold=" + flag(test.at_threshold) + ", falls_back=" + flag(test.falls_back) +
         ", constant_scores_zero=" + flag(test.constant_scores_zero) + ")";
}

void register_outliers(py::module_& m) {
  py::class_<outlier_test> tests(m, "OutlierTest", R"(A variant with what decides: which scores stand out, and what happens where the spread is 0.

Parameters
----------
variant
    "z_sample", "z_population", "modified_z" (0.6745·d/MAD), "modified_z_1486" (d/(1.486·MAD)), "modified_z_exact" or "mean_deviation_z".
threshold
    Scores beyond it stand out, either way.
at_threshold
    A score of the threshold itself, too.
falls_back
    Modified scores are those of "mean_deviation_z" where MAD is 0; else such a series is not scorable.
constant_scores_zero
    A series without any spread scores 0; else it is not scorable.
)");
  set_outliers(tests);
  tests.def(py::init([](const std::string& variant, double threshold, bool at_threshold, bool falls_back, bool constant_scores_zero) {
             return outlier_test{word_of<attain::outlier_variant>(variant, "variant"), threshold, at_threshold, falls_back, constant_scores_zero};
           }),
           py::kw_only(), "variant"_a = "modified_z", "threshold"_a = 3.5, "at_threshold"_a = false, "falls_back"_a = true,
           "constant_scores_zero"_a = false)
      .def_property_readonly("variant", [](const outlier_test& t) { return to_string(t.variant); }, "Word of the formula.")
      .def_readonly("threshold", &outlier_test::threshold, "Scores beyond it stand out.")
      .def_readonly("at_threshold", &outlier_test::at_threshold, "Whether a score of the threshold itself stands out, too.")
      .def_readonly("falls_back", &outlier_test::falls_back, "Whether modified scores fall back where MAD is 0.")
      .def_readonly("constant_scores_zero", &outlier_test::constant_scores_zero, "Whether a series without any spread scores 0.")
      .def("stands_out", &outlier_test::stands_out, "score"_a, "Whether a score stands out.")
      .def("__eq__", [](const outlier_test& a, const outlier_test& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const outlier_test& t) { return py::hash(py::str(repr_of(t))); })
      .def("__repr__", &repr_of);
  copies_are_itself(tests);

  py::class_<attain::outlier_scores> scores(m, "OutlierScores", "The score of each value of a series, by the variant that was used.");
  set_outliers(scores);
  scores.def_property_readonly("variant", [](const attain::outlier_scores& s) { return to_string(s.used); },
                               "Word of the formula that was used: \"mean_deviation_z\" where a modified score fell back.")
      .def_readonly("center", &attain::outlier_scores::center, "Mean or median.")
      .def_readonly("scores", &attain::outlier_scores::scores, "Signed, one a value.")
      .def("__repr__", [](const attain::outlier_scores& s) {
        return "<attain.outliers.OutlierScores " + std::string(to_string(s.used)) + " of " + std::to_string(s.scores.size()) + " values>";
      });
  copies_are_itself(scores);

  m.def("score_outliers", [](const std::vector<double>& values, const outlier_test& test) { return score_outliers(values, test); }, "values"_a,
        "test"_a, R"(How far each value stands out of its series.

Returns
-------
OutlierScores or None
    None where no value of so short a series could stand out, and where there is no spread to compare with.

Raises
------
InvalidOption
    A value is not finite, or the threshold is negative.
)");
  m.def("can_detect", [](const outlier_test& test, std::size_t n) { return can_detect(test, test.variant, n); }, "test"_a, "n"_a,
        "Whether some value could stand out of n: with 3 standard deviations of the sample none of up to 10 can.");
  m.def(
      "find_slip",
      [](const std::vector<double>& values, std::size_t at, bool is_total) {
        if (at >= values.size()) throw py::index_error("there is no value at this position");
        const auto slip = is_total ? attain::find_slip_of_total(values, at) : attain::find_slip(values, at);
        std::optional<std::tuple<int, double, double>> made;
        if (slip) made = {slip->power, slip->exponent, slip->expected};
        return made;
      },
      "values"_a, "at"_a, py::kw_only(), "is_total"_a = false, R"(Whether the value at a position has slipped by a power of ten.

Parameters
----------
is_total
    The values are running totals.

Returns
-------
tuple or None
    The power of ten (4 is 万, 8 is 亿; negative: too small), log₁₀ of value/expected, and what the neighbours let expect.
)");
  m.def(
      "last_digits",
      [](const std::vector<double>& values) {
        std::optional<py::dict> made;
        if (const auto found = attain::last_digits_of(values); found.has_value()) {
          made.emplace();
          (*made)["n"] = found->n;
          (*made)["counts"] = found->counts;
          (*made)["whipple"] = found->whipple;
          (*made)["chi_square"] = found->chi_square;
        }
        return typed<"dict[str, typing.Any] | None">(made ? py::object(*made) : py::object(py::none()));
      },
      "values"_a, "How often whole amounts of at least 100 end in each digit; None with fewer than 50 of them. Never evidence, only a question.");
  m.def(
      "first_digits",
      [](const std::vector<double>& values) {
        std::optional<py::dict> made;
        if (const auto found = attain::first_digits_of(values); found.has_value()) {
          made.emplace();
          (*made)["n"] = found->n;
          (*made)["counts"] = found->counts;
          (*made)["mean_deviation"] = found->mean_deviation;
          (*made)["fit"] = to_string(found->fit);
        }
        return typed<"dict[str, typing.Any] | None">(made ? py::object(*made) : py::object(py::none()));
      },
      "values"_a, "How often amounts begin with each digit, beside Benford's law; None with fewer than 500 or under three orders of magnitude.");
}

using relation_tuple = std::tuple<std::string, std::string, std::string, double>;

py::dict days_to_report(const quality_report& of) {
  py::dict days;
  const auto& programmes = of.plan().programmes();
  for (std::uint32_t k = 0; k < programmes.size(); ++k) {
    const auto& indicators = programmes[k].indicators();
    for (std::uint32_t i = 0; i < indicators.size(); ++i) {
      const std::string name = programmes.size() == 1 ? indicators[i].id : programmes[k].id() + "/" + indicators[i].id;
      if (const auto after = of.days_to_report(k, i)) days[py::str(name)] = *after;
    }
  }
  return days;
}

void register_report(py::module_& m) {
  py::class_<quality_report> bound(m, "QualityReport", R"(How far the reports behind a programme can be trusted: findings, and scores.

A finding asks and never corrects: readings stay as reported. As a table (``to_pandas``, ``to_polars``, ``to_arrow``, Arrow stream) it is
:attr:`findings`. It keeps what it saw, whatever is appended to the ledger.
)");
  set_public_class(bound);
  bound.def_property_readonly("as_of", &quality_report::as_of, "What had happened at the close of this day.")
      .def_property_readonly("known_at", &quality_report::known_at, "What had been reported by this day; None: everything recorded.")
      .def_property_readonly("plan", [](const quality_report& r) { return plan_object(r.plan()); }, "The programme, or the portfolio of several.")
      .def_property_readonly("book", &quality_report::book, "The ledger as it was.")
      .def_property_readonly("days_to_report", &days_to_report, R"(Days from the end of a period to the day by which its report is due, by indicator.

Of several programmes by ``programme/indicator``. Indicators of which no reports are due, having no period or no target, are not in it.
)")
      .def_property_readonly("findings", [](const quality_report& r) {
        const py::gil_scoped_release released;
        return attain::io::quality_table(r);
      }, R"(One row a finding, by programme, indicator, place, period and check.

``check``, ``severity``; ``programme``, ``indicator``, ``target``, ``place``, and what it is compared with as ``other``; ``start`` and ``end``, both
inclusive; ``value``, ``expected``, ``score``, ``threshold``, ``effect``, ``variant`` and ``n``, which docs/data-quality.md explains check by check; of the
entry that it is about ``recorded``, ``author``, ``source``, ``evidence`` and ``key``; ``sentence`` and ``sentence_chinese``.
)")
      .def_property_readonly("scores", [](const quality_report& r) { return attain::io::quality_score_table(r); }, R"(One row a score: of a whole programme first, then of its indicators.

``measure``, ``programme``, ``indicator`` (missing for the whole), ``share`` = ``count`` / ``of``, ``not_calculable``, ``divergent`` places, ``threshold``,
``variant``.
)")
      .def("__len__", [](const quality_report& r) { return r.findings().size(); }, "How many findings there are.")
      .def("__repr__", [](py::object self) { return from_package("attain._display", "quality_text")(self).cast<std::string>(); })
      .def("_repr_html_", [](py::object self) { return from_package("attain._display", "quality_html")(self).cast<std::string>(); });
  has_no_truth_value(bound, "ask for len(report) or for a score: report.scores");
  copies_are_itself(bound);
  leaves_as_table(bound, [](const quality_report& r) { return attain::io::quality_table(r); });

  m.def(
      "quality",
      [](const plan_like& plan, const attain::ledger& book, attain::date as_of, std::optional<attain::date> known_at,
         std::optional<int> days_to_report, double minimum_completeness, double minimum_timeliness, double steady_within, int reference_years,
         const std::string& trend, std::vector<outlier_test> outliers, int equal_in_a_row, const std::vector<relation_tuple>& related,
         const std::vector<std::string>& only) {
        quality_options options{.as_of = as_of,
                                .known_at = known_at,
                                .days_to_report = days_to_report,
                                .minimum_completeness = minimum_completeness,
                                .minimum_timeliness = minimum_timeliness,
                                .steady_within = steady_within,
                                .reference_years = reference_years,
                                .trend = word_of<attain::expected_trend>(trend, "trend"),
                                .outliers = std::move(outliers),
                                .equal_in_a_row = equal_in_a_row};
        for (const auto& [first, second, relation, tolerance] : related) {
          options.related.push_back({first, second, word_of<attain::indicator_relation>(relation, "relation"), tolerance});
        }
        for (const std::string& word : only) options.only.push_back(word_of<attain::quality_check>(word, "check"));
        const attain::portfolio all = portfolio_of(plan);
        const attain::ledger said = book;  // another thread may append meanwhile
        const py::gil_scoped_release released;
        return quality(all, said, options);
      },
      "plan"_a, "book"_a, "as_of"_a, "known_at"_a, "days_to_report"_a, "minimum_completeness"_a, "minimum_timeliness"_a, "steady_within"_a,
      "reference_years"_a.noconvert(), "trend"_a, "outliers"_a, "equal_in_a_row"_a.noconvert(), "related"_a, "only"_a,
      "How far the reports behind a programme can be trusted.");
}

}  // namespace

void register_quality(py::module_& m) {
  register_outliers(m);
  register_report(m);
}
