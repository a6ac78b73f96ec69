#include <attain/core/error.hpp>
#include <attain/core/unit.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using namespace attain;

static_assert(std::is_nothrow_copy_constructible_v<unit>);
static_assert(sizeof(unit) == 2 * sizeof(void*));

namespace {

bool add(std::string_view a, std::string_view b) { return addable(parse_unit(a), parse_unit(b)); }
double factor(std::string_view from, std::string_view to) { return conversion_factor(parse_unit(from), parse_unit(to)); }
double amount(std::string_view text, std::string_view declared) { return parse_amount(text, parse_unit(declared)).low; }

}  // namespace

TEST_CASE("a unit has a symbol and a dimension", "[core][unit]") {
  struct row {
    std::string_view text;
    std::string_view symbol;
    std::string_view dimension;
  };
  const row rows[] = {{"人", "人", "count:人"},
                      {"人次", "人次", "count:人次"},
                      {"元", "元", "currency:CNY"},
                      {"人民币", "元", "currency:CNY"},
                      {"万元", "万元", "currency:CNY"},
                      {"$", "USD", "currency:USD"},
                      {"平米", "平方米", "area"},
                      {"m2", "m²", "area"},
                      {"km", "km", "length"},
                      {"千克", "公斤", "mass"},
                      {"立方米", "立方米", "volume"},
                      {"千瓦时", "千瓦时", "energy"},
                      {"天", "天", "time"},
                      {"个月", "月", "months"},
                      {"%", "%", "ratio"},
                      {"％", "%", "ratio"},
                      {"percent", "%", "ratio"},
                      {"Percent", "%", "ratio"},
                      {"‰", "‰", "ratio"},
                      {"个百分点", "百分点", "percentage_point"},
                      {"Households", "households", "count:户"},
                      {" 台 ", "台", "count:台"},
                      {"外语教师", "外语教师", "count:外语教师"},
                      {"index points", "index points", "count:index points"},
                      {"元/人·月", "元/人·月", "currency:CNY/count:人·months"},
                      {"元/人・月", "元/人·月", "currency:CNY/count:人·months"},
                      {"元／人/月", "元/人·月", "currency:CNY/count:人·months"},
                      {"人·月", "人·月", "count:人·months"},
                      {"床/千人", "床/千人", "count:床/count:人"},
                      {"人/万人", "人/万人", "ratio"},
                      {"%/年", "%/年", "ratio/months"}};
  for (const auto& [text, symbol, dimension] : rows) {
    CAPTURE(text);
    const unit read = parse_unit(text);
    CHECK(read.symbol() == symbol);
    CHECK(read.dimension() == dimension);
    CHECK(parse_unit(read.symbol()) == read);
  }
}

TEST_CASE("人, 人次, 名, 户 and 家 are kinds of their own and never add", "[core][unit]") {
  const std::vector<std::string_view> kinds{"人", "人次", "名", "户", "家", "个", "台", "所", "套", "件", "座"};
  for (const auto a : kinds) {
    for (const auto b : kinds) {
      CAPTURE(a, b);
      CHECK(add(a, b) == (a == b));
    }
  }
  CHECK(add("人", "万人"));
  CHECK(add("人", "people"));
  CHECK(add("户", "households"));
  CHECK_FALSE(add("外语教师", "教师"));
}

TEST_CASE("amounts of different currencies, percent and percentage point do not add", "[core][unit]") {
  CHECK_FALSE(add("元", "USD"));
  CHECK(add("元", "CNY"));
  CHECK(add("元", "亿元"));
  CHECK_FALSE(add("%", "百分点"));
  CHECK(add("%", "‰"));
  CHECK(add("%", "ratio"));
  CHECK_FALSE(add("天", "月"));  // a month has no fixed number of days
  CHECK_FALSE(add("米", "平方米"));
  CHECK_FALSE(add("元/年", "元"));
  CHECK(add("元/年", "元/人·月") == false);
  CHECK(add("元/人·年", "元/人·月"));
}

TEST_CASE("conversion factors are exact", "[core][unit]") {
  CHECK(factor("万元", "元") == 10000);
  CHECK(factor("元", "万元") == 0.0001);
  CHECK(factor("亿元", "万元") == 10000);
  CHECK(factor("公顷", "亩") == 15);
  CHECK(factor("亩", "公顷") == 1.0 / 15);
  CHECK(factor("亩", "平方米") == 2000.0 / 3);
  CHECK(factor("平方公里", "公顷") == 100);
  CHECK(factor("平方公里", "亩") == 1500);
  CHECK(factor("万亩", "平方公里") == 20.0 / 3);
  CHECK(factor("公里", "米") == 1000);
  CHECK(factor("km", "公里") == 1);
  CHECK(factor("里", "公里") == 0.5);
  CHECK(factor("miles", "m") == 1609.344);
  CHECK(factor("吨", "公斤") == 1000);
  CHECK(factor("斤", "吨") == 0.0005);
  CHECK(factor("t", "克") == 1000000);
  CHECK(factor("升", "立方米") == 0.001);
  CHECK(factor("%", "ratio") == 0.01);
  CHECK(factor("‰", "%") == 0.1);
  CHECK(factor("年", "月") == 12);
  CHECK(factor("季度", "年") == 0.25);
  CHECK(factor("weeks", "days") == 7);
  CHECK(factor("天", "小时") == 24);
  CHECK(factor("GWh", "千瓦时") == 1000000);
  CHECK(factor("千人", "人") == 1000);
  CHECK(factor("百万元", "万元") == 100);
  CHECK(factor("million people", "万人") == 100);
  CHECK(factor("USD billion", "$") == 1e9);
  CHECK(factor("元/月", "元/年") == 12);
  CHECK(factor("万元/人·年", "元/人·月") == 10000.0 / 12);
  CHECK(factor("元/公顷", "元/亩") == 1.0 / 15);
  CHECK(factor("床/千人", "床/人") == 0.001);
}

TEST_CASE("a conversion that does not exist is refused, naming both units", "[core][unit]") {
  CHECK_THROWS_MATCHES(factor("人", "人次"), invalid_option, test::MessageContains("人 and 人次 do not convert"));
  try {
    factor("%", "百分点");
    FAIL("nothing was thrown");
  } catch (const invalid_option& thrown) {
    CHECK(thrown.code() == code::unit_mismatch);
  }
}

TEST_CASE("there and back again is the same amount", "[core][unit]") {
  const std::vector<std::vector<std::string_view>> families{{"元", "万元", "亿元", "百万元", "CNY"},
                                                            {"平方米", "亩", "公顷", "平方公里", "万亩", "km²"},
                                                            {"克", "斤", "公斤", "吨", "万吨"},
                                                            {"月", "季度", "年"},
                                                            {"秒", "小时", "天", "周"}};
  for (const auto& family : families) {
    for (const auto a : family) {
      for (const auto b : family) {
        CAPTURE(a, b);
        CHECK_THAT(factor(a, b) * factor(b, a), test::WithinULP(1.0, 1));
        for (const auto c : family) CHECK_THAT(factor(a, b) * factor(b, c), test::WithinULP(factor(a, c), 2));
      }
    }
  }
}

TEST_CASE("counts of things are indivisible, measures and unknown kinds are not (F2)", "[core][unit]") {
  for (const auto text : {"台", "个", "所", "人", "户", "套", "家", "名", "人次", "次", "件", "座", "条", "间", "批次", "万人次",
                          "people", "households"}) {
    CAPTURE(text);
    CHECK(parse_unit(text).is_indivisible());
  }
  for (const auto text : {"元", "万元", "公里", "平方米", "亩", "吨", "%", "百分点", "天", "元/人·月", "外语教师", "人·月"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_unit(text).is_indivisible());
  }
  CHECK(unit::count_kind("外语教师", true).is_indivisible());
  CHECK_FALSE(unit::count_kind("外语教师") == unit::count_kind("外语教师", true));
  CHECK(addable(unit::count_kind("外语教师"), unit::count_kind("外语教师", true)));
}

TEST_CASE("only % and ‰ are percentages", "[core][unit]") {
  CHECK(parse_unit("%").is_percentage());
  CHECK(parse_unit("‰").is_percentage());
  CHECK_FALSE(parse_unit("ratio").is_percentage());
  CHECK_FALSE(parse_unit("百分点").is_percentage());
  CHECK_FALSE(parse_unit("%/年").is_percentage());
  CHECK_FALSE(unit().is_percentage());
}

TEST_CASE("amounts are held without scale", "[core][unit]") {
  CHECK(parse_unit("万元").plain() == parse_unit("元"));
  CHECK(parse_unit("万人次").plain() == parse_unit("人次"));
  CHECK(parse_unit("%").plain() == unit());
  CHECK(parse_unit("ratio") == unit());
  CHECK(parse_unit("百分点").plain().dimension() == "percentage_point");
  CHECK(parse_unit("百分点").plain() == parse_unit(parse_unit("百分点").plain().symbol()));
  CHECK(parse_unit("万元/人·年").plain() == parse_unit("元/人·年"));
  CHECK(parse_unit("公里").plain() == parse_unit("公里"));
  CHECK(parse_unit("元").plain() == parse_unit("元"));
}

TEST_CASE("a written number is held exactly, and written again", "[core][unit]") {
  CHECK(parse_unit("%").held(60) == 0.6);
  CHECK(parse_unit("%").held(7) == 0.07);
  CHECK(parse_unit("%").held(57) == 0.57);
  CHECK(57 * 0.01 != 0.57);  // what a multiplication would give
  CHECK(parse_unit("万元").held(14.37) == 143700.0);
  CHECK(parse_unit("‰").held(-3.5) == -0.0035);
  CHECK(parse_unit("亿元").held(0) == 0);
  CHECK(parse_unit("%").written(0.57) == 57);
  CHECK(parse_unit("万元").written(32000000) == 3200);
  CHECK(parse_unit("百分点").held(5) == 0.05);
  CHECK(parse_unit("公里").held(2.5) == 2.5);
  CHECK_THROWS_AS(parse_unit("万元").held(1e308), invalid_input);
  CHECK_THROWS_AS(parse_unit("%").held(5e-324), invalid_input);

  std::mt19937_64 random(5);
  for (int i = 0; i < 20000; ++i) {
    const double x = static_cast<double>(random() % 1000000000000000) / (i % 2 == 0 ? 1000 : -100000);
    REQUIRE(parse_unit("%").written(parse_unit("%").held(x)) == x);
    REQUIRE(parse_unit("万元").written(parse_unit("万元").held(x)) == x);
  }
}

TEST_CASE("an amount in another unit is read into the declared one", "[core][unit]") {
  CHECK(amount("5.85万人", "人") == 58500);
  CHECK(amount("139", "台") == 139);
  CHECK(amount("17.9亿元", "万元") == 1790000000);  // held in 元
  CHECK(amount("3200", "万元") == 32000000);
  CHECK(amount("3200万元", "元") == 32000000);
  CHECK(amount("60%", "%") == 0.6);
  CHECK(amount("60", "%") == 0.6);
  CHECK(amount("60 percent", "%") == 0.6);
  CHECK(amount("60％", "ratio") == 0.6);
  CHECK(amount("0.6", "ratio") == 0.6);
  CHECK(amount("3‰", "%") == 0.003);
  CHECK(amount("5个百分点", "百分点") == 0.05);
  CHECK(amount("2公顷", "亩") == 30);
  CHECK(amount("1500米", "公里") == 1.5);
  CHECK(amount("0.3km", "米") == 300);
  CHECK(amount("5千瓦", "千瓦") == 5);
  CHECK(amount("5万千瓦", "兆瓦") == 50);
  CHECK(amount("1.2 million people", "people") == 1200000);
  CHECK(amount("$1,200", "USD") == 1200);
  CHECK(amount("115元/人·月", "元/人·月") == 115);
  CHECK(amount("12%/年", "%/年") == 0.12);
  CHECK(amount("12", "%/年") == 0.12);

  const number_text interval = parse_amount("97–99%", parse_unit("%"));
  CHECK(interval.low == 0.97);
  CHECK(interval.high == 0.99);
  CHECK(interval.unit == "%");
  CHECK(parse_amount("180余名", parse_unit("名")).high_open);
}

TEST_CASE("an amount in a unit that does not convert is refused", "[core][unit]") {
  const auto problem = [](std::string_view text, std::string_view declared) {
    return try_parse_amount(text, parse_unit(declared), "row 3").problem();
  };
  CHECK(problem("6.74万人次", "人").code == code::unit_differs);
  CHECK(problem("5%", "百分点").code == code::unit_differs);
  CHECK(problem("60%", "人").code == code::unit_differs);
  CHECK(problem("6.74万人次", "人").where == "row 3");
  CHECK_THAT(problem("6.74万人次", "人").message, test::ContainsSubstring("人次 and 人 do not convert"));
  CHECK(problem("3200万", "万元").code == code::unit_differs);  // 3200万元, or 3200万 of 万元
  CHECK(problem("1.2.3", "人").code == code::malformed_number);
  CHECK_THROWS_MATCHES(parse_amount("5户", parse_unit("人")), invalid_input, test::MessageContains("unit_differs"));
}

TEST_CASE("a programme can declare a further name for a unit", "[core][unit]") {
  const std::vector<unit_alias> aliases{{"名", parse_unit("人")}, {"学位", unit::count_kind("学位", true)}};
  CHECK(parse_unit("名", aliases) == parse_unit("人"));
  CHECK(parse_unit("万名", aliases).plain() == parse_unit("人"));
  CHECK(parse_unit("学位", aliases).is_indivisible());
  CHECK(parse_unit("元/名·月", aliases).dimension() == "currency:CNY/count:人·months");
  CHECK(parse_amount("280名", parse_unit("人"), aliases).low == 280);
  CHECK_FALSE(parse_unit("名") == parse_unit("人"));
}

TEST_CASE("before an unknown kind only 万 and larger are scales", "[core][unit]") {
  CHECK(parse_unit("万头牛").plain().symbol() == "头牛");
  CHECK(parse_unit("百货店").plain().symbol() == "百货店");
  CHECK(parse_unit("十字路口").plain().symbol() == "十字路口");
  CHECK(parse_unit("千人").plain().symbol() == "人");
}

TEST_CASE("what cannot be a unit is refused", "[core][unit]") {
  for (const auto text : {"",
                          " ",
                          "5",
                          "5人",
                          "万",
                          "百万",
                          "million",
                          "-",
                          "(人)",
                          "/人",
                          "元/",
                          "元//人",
                          "元/人·",
                          "·",
                          "a\nb",
                          "人\u200b",
                          "人\u202e",
                          "a/b/c/d/e/f/g",
                          "公里·公里·公里·公里·公里·公里·公里",
                          "万%",
                          "million 万元",
                          "千 million people",
                          "million million million people"}) {
    CAPTURE(text);
    const auto read = try_parse_unit(text, "row 2");
    REQUIRE_FALSE(read.has_value());
    CHECK(read.problem().code == code::unknown_unit);
    CHECK(read.problem().where == "row 2");
  }
  CHECK(try_parse_unit("人\xff").problem().code == code::bad_encoding);
  CHECK(try_parse_unit(std::string(201, 'x')).problem().code == code::too_large);
  CHECK_THROWS_AS(parse_unit(""), invalid_input);
  CHECK_THROWS_AS(unit::count_kind("a/b"), invalid_input);
  CHECK_THROWS_AS(unit::count_kind(""), invalid_input);
}

TEST_CASE("equal units are equal however they were made", "[core][unit]") {
  CHECK(parse_unit("万元") == parse_unit("万元"));
  CHECK(parse_unit("外语教师") == unit::count_kind("外语教师"));
  CHECK_FALSE(parse_unit("元") == parse_unit("CNY"));  // shown differently, though they add
  CHECK_FALSE(parse_unit("元") == parse_unit("万元"));
  unit copy = parse_unit("元/人·月");
  const unit original = copy;
  copy = parse_unit("台");
  CHECK(original.symbol() == "元/人·月");
}
