#pragma once
/** Rows as people write them in Python, as a table. */
#include "pybind.hpp"

#include <attain/io/table.hpp>
#include <attain/ledger/observation.hpp>

/** Dictionaries with the columns of observations.csv as keys. None is the same as no key.

  Numbers stay numbers and texts stay texts, a date becomes its text, a pair of dates a period, a dictionary of dimensions
  `sex=f;age=15-24`. Throws TypeError for anything else, naming row and key.
*/
attain::io::table table_of_rows(const py::iterable& rows);

/// An observation as such a dictionary, without what has its default value.
py::dict row_of(const attain::observation& entry);
