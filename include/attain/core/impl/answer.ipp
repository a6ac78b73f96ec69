#pragma once

#include <attain/core/answer.hpp>
