/** attain._core: what of the library Python sees. The order matters: a type is registered before any signature that names it. */
#include "register.hpp"
#include "wrong_calls.hpp"

PYBIND11_MODULE(_core, m) {
  m.doc() = "The compiled part of attain. Everything of it that is public is a name of the package attain.";
  register_core(m);      // findings, reasons, and the errors that carry them
  register_text(m);      // numbers, dates, periods, units
  register_methods(m);   // ways of judging, and the formulas behind them
  register_composites(m);  // aggregators, weights and normalisation over columns
  register_model(m);     // programmes
  register_control(m);   // formulas over plain numbers
  register_tables(m);    // tables, which ledgers and evaluations give
  register_ledger(m);
  register_store(m);     // ledgers in files
  register_quality(m);   // how far reports can be trusted
  register_iati(m);
  register_dhis2(m);
  register_explanations(m);
  register_results(m);   // results of targets and projects
  register_earned_value(m);
  register_engine(m);    // evaluations and what makes them
  register_compare(m);
  register_firmness(m);
  register_tracker(m);
  register_snapshots(m);  // files of all of these
  explain_wrong_calls(m);  // of all of these
}
