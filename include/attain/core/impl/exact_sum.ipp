#pragma once

#include <attain/core/exact_sum.hpp>
