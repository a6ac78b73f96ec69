// Compiled mode: the bodies of floors 0 to 4, compiled once. A new body is added here; tests/tools/check_umbrellas.py says
// which one is missing.

#include <attain/core/impl/answer.ipp>
#include <attain/core/impl/chinese_numeral.ipp>
#include <attain/core/impl/date.ipp>
#include <attain/core/impl/error.ipp>
#include <attain/core/impl/exact_sum.ipp>
#include <attain/core/impl/finding.ipp>
#include <attain/core/impl/id.ipp>
#include <attain/core/impl/number_reader.ipp>
#include <attain/core/impl/number_text.ipp>
#include <attain/core/impl/period.ipp>
#include <attain/core/impl/refuse_bytes.ipp>
#include <attain/core/impl/text.ipp>
#include <attain/core/impl/unit.ipp>
#include <attain/core/impl/unit_table.ipp>
#include <attain/model/impl/flat_tree.ipp>
#include <attain/model/impl/formula.ipp>
#include <attain/model/impl/portfolio.ipp>
#include <attain/model/impl/programme.ipp>
#include <attain/model/impl/validate.ipp>
#include <attain/model/impl/words.ipp>
#include <attain/ledger/impl/entry.ipp>
#include <attain/ledger/impl/ledger.ipp>
#include <attain/ledger/impl/ledger_view.ipp>
#include <attain/ledger/impl/reading.ipp>
#include <attain/judge/impl/attainment.ipp>
#include <attain/judge/impl/expected.ipp>
#include <attain/judge/impl/method.ipp>
