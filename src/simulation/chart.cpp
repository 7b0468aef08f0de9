// SPDX-License-Identifier: Apache-2.0
#include "simulation/chart.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "simulation/simulated_day.hpp"
#include "simulation/text_table.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr double width = 900, left = 70, right = 20, panel = 160, gap = 50, head = 40;

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) safe += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
  return safe;
}

std::string words(double x, double y, const char* place, const std::string& text) {
  return "<text x=\"" + fixed(x, 1) + "\" y=\"" + fixed(y, 1) + "\" text-anchor=\"" + place + "\">" +
         escaped(text) + "</text>\n";
}

std::size_t column_of(const char* key) {
  const auto& columns = interval_columns();
  const auto found = std::find_if(columns.begin(), columns.end(), [key](const ReportColumn& column) {
    return std::strcmp(column.key, key) == 0;
  });
  VCSR_ASSERT(found != columns.end());
  return static_cast<std::size_t>(found - columns.begin());
}

/// 1, 2 or 5 times a power of ten that is not below the value.
double round_up(double value) {
  if (value <= 0) return 1;
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double step : {1.0, 2.0, 5.0})
    if (value <= step * power) return step * power;
  return 10 * power;
}

struct Line {
  const char* key;
  const char* name;
  const char* color;
};

/// Lines over the day with one scale.
class Panel {
 public:
  Panel(const QueueReportTable& table, double top, std::vector<Line> lines, double most)
      : table_(table), top_(top), lines_(std::move(lines)), most_(most) {
    for (const Line& line : lines_)
      for (const ReportRow& row : table.intervals) {
        const auto& figure = row.figures[column_of(line.key)];
        if (most <= 0 && figure) highest_ = std::max(highest_, figure->mean + figure->margin);
      }
    if (most <= 0) most_ = round_up(highest_);
  }

  std::string drawn() const {
    std::string svg = grid();
    for (std::size_t i = 0; i < lines_.size(); ++i) svg += line(i);
    return svg;
  }

 private:
  double x(std::size_t interval) const {
    const auto count = static_cast<double>(table_.intervals.size());
    return left + (width - left - right) * (static_cast<double>(interval) + 0.5) / count;
  }
  double y(double value) const { return top_ + panel * (1 - std::clamp(value / most_, 0.0, 1.0)); }

  std::string grid() const {
    std::string svg;
    for (int i = 0; i <= 4; ++i) {
      const double value = most_ * i / 4;
      svg += "<line x1=\"" + fixed(left, 0) + "\" x2=\"" + fixed(width - right, 0) + "\" y1=\"" +
             fixed(y(value), 1) + "\" y2=\"" + fixed(y(value), 1) + "\" stroke=\"#ddd\"/>\n";
      const bool share = interval_columns()[column_of(lines_[0].key)].share;
      svg +=
          words(left - 8, y(value) + 4, "end", share ? percent(value, 0) : fixed(value, most_ < 8 ? 2 : 0));
    }
    const std::size_t step = std::max<std::size_t>(1, (table_.intervals.size() + 11) / 12);
    for (std::size_t i = 0; i < table_.intervals.size(); i += step)
      svg += words(x(i), top_ + panel + 16, "middle",
                   time_of_day(table_.intervals[i].begins - simulated_midnight()));
    return svg;
  }

  std::string line(std::size_t index) const {
    const Line& line = lines_[index];
    const std::size_t column = column_of(line.key);
    std::string path, upper, lower;
    for (std::size_t i = 0; i < table_.intervals.size(); ++i) {
      const auto& figure = table_.intervals[i].figures[column];
      if (!figure) continue;
      const std::string across = fixed(x(i), 1) + ",";
      path += across + fixed(y(figure->mean), 1) + " ";
      upper += across + fixed(y(figure->mean + figure->margin), 1) + " ";
      lower.insert(0, across + fixed(y(figure->mean - figure->margin), 1) + " ");
    }
    const std::string color = line.color;
    return "<polygon points=\"" + upper + lower + "\" fill=\"" + color + "\" opacity=\"0.15\"/>\n" +
           "<polyline points=\"" + path + "\" fill=\"none\" stroke=\"" + color +
           "\" stroke-width=\"2\"/>\n<g fill=\"" + color + "\">" +
           words(left + 4 + 130 * static_cast<double>(index), top_ - 8, "start", line.name) + "</g>\n";
  }

  const QueueReportTable& table_;
  double top_;
  std::vector<Line> lines_;
  double most_, highest_ = 0;
};

}  // namespace

std::string report_chart(const std::vector<QueueReportTable>& tables) {
  constexpr double picture = head + 3 * (panel + gap);
  const double height = picture * static_cast<double>(tables.size());
  std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + fixed(width, 0) + "\" height=\"" +
                    fixed(height, 0) + "\" viewBox=\"0 0 " + fixed(width, 0) + " " + fixed(height, 0) +
                    "\" font-family=\"sans-serif\" font-size=\"12\">\n" +
                    "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n";
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const double top = picture * static_cast<double>(i) + head;
    svg += "<g font-size=\"16\" font-weight=\"bold\">" + words(left, top - 18, "start", tables[i].queue) +
           "</g>\n";
    const double first = top + 14;
    svg += Panel(tables[i], first,
                 {{"offered", "offered", "#4477aa"},
                  {"answered", "answered", "#228833"},
                  {"abandoned", "abandoned", "#cc3311"}},
                 0)
               .drawn();
    svg += Panel(tables[i], first + panel + gap,
                 {{"sl_offered", "SL offered", "#aa3377"}, {"occupancy", "occupancy", "#888888"}}, 1)
               .drawn();
    svg += Panel(tables[i], first + 2 * (panel + gap),
                 {{"asa", "ASA s", "#ee7733"}, {"wait_p90", "p90 s", "#bbaa33"}}, 0)
               .drawn();
  }
  return svg + "</svg>\n";
}

}  // namespace vcsr
