#pragma once

#include <attain/core/finding.hpp>
