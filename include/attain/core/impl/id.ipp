#pragma once

#include <attain/core/id.hpp>
