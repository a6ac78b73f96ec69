#pragma once

#include <attain/core/number_text.hpp>
